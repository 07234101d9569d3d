// Visits a zip or tar in memory, through libarchive.
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <memory>

#include "grading/submission/found.hpp"
#include "grading/submission/names.hpp"

namespace gradbook {
namespace {

// libarchive turns names into the thread's character set; it must be one that loses nothing
class Utf8Locale {
 public:
  Utf8Locale() : mine_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (mine_ != nullptr) before_ = uselocale(mine_);
  }
  ~Utf8Locale() {
    if (mine_ == nullptr) return;
    uselocale(before_);
    freelocale(mine_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t mine_, before_ = nullptr;
};

using Reader = std::unique_ptr<archive, decltype(&archive_read_free)>;

// Only formats that submissions come in: each further one is more code that a stranger may talk to
Reader new_reader() {
  Reader reader(archive_read_new(), &archive_read_free);
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_filter_zstd(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip_seekable(reader.get());
  return reader;
}

ReadFault damaged(archive* reader) {
  const char* why = archive_error_string(reader);
  return ReadFault(fmt::format("is damaged, or no zip or tar archive ({}): ask for it again",
                               why != nullptr ? spelled_out(why) : "it ends too early"));
}

Found::Kind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return Found::Kind::hard_link;
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      return Found::Kind::file;
    case AE_IFDIR:
      return Found::Kind::folder;
    case AE_IFLNK:
      return Found::Kind::link;
    default:
      return Found::Kind::device;
  }
}

// Some programs write Windows' separators
std::string path_of(archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  std::string path = name != nullptr ? name : "\xFF";  // a name that no character set can hold
  if (path.find('/') == std::string::npos) std::ranges::replace(path, '\\', '/');
  return path;
}

std::optional<std::string> read_entry(archive* reader, std::size_t most) {
  std::string text;
  std::array<char, 65536> buffer;
  while (true) {
    const la_ssize_t n = archive_read_data(reader, buffer.data(), buffer.size());
    if (n == ARCHIVE_RETRY) continue;
    if (n < 0) throw damaged(reader);
    if (n == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(n));
    if (text.size() > most) return std::nullopt;
  }
}

void visit(archive* reader, const Visitor& visitor) {
  for (archive_entry* entry = nullptr;;) {
    const int status = archive_read_next_header(reader, &entry);
    if (status == ARCHIVE_EOF) return;
    if (status == ARCHIVE_RETRY) continue;
    if (status < ARCHIVE_WARN) throw damaged(reader);
    if (archive_entry_is_encrypted(entry) != 0)
      throw ReadFault("is encrypted: ask for one without a password");

    Found found;
    found.path = path_of(entry);
    found.kind = kind_of(entry);
    found.size = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)));
    found.modified = archive_entry_mtime(entry);
    found.read = [reader](std::size_t most) { return read_entry(reader, most); };
    if (visitor(found) == Visit::stop) return;
  }
}

constexpr std::array<std::string_view, 10> kKnown = {
    ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tgz", ".tbz2", ".txz", ".tzst", ".tar", ".zip"};
constexpr std::array<std::string_view, 5> kUnknown = {".7z", ".rar", ".gz", ".xz", ".bz2"};

template <std::size_t N>
std::size_t ending(std::string_view name, const std::array<std::string_view, N>& endings) {
  const std::string lower = lower_ascii(name);
  for (const std::string_view end : endings) {
    if (lower.size() > end.size() && lower.ends_with(end)) return end.size();
  }
  return 0;
}

}  // namespace

void visit_archive(const fs::path& path, const Visitor& visitor) {
  const Utf8Locale locale;
  const Reader reader = new_reader();
  if (archive_read_open_filename(reader.get(), path.c_str(), 1 << 16) != ARCHIVE_OK)
    throw damaged(reader.get());
  visit(reader.get(), visitor);
}

void visit_archive_bytes(std::string_view bytes, const Visitor& visitor) {
  const Utf8Locale locale;
  const Reader reader = new_reader();
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    throw damaged(reader.get());
  visit(reader.get(), visitor);
}

ArchiveName archive_name(std::string_view file_name) {
  if (ending(file_name, kKnown) > 0) return ArchiveName::known;
  return ending(file_name, kUnknown) > 0 ? ArchiveName::unknown : ArchiveName::none;
}

std::string without_archive_ending(std::string_view file_name) {
  std::size_t end = ending(file_name, kKnown);
  if (end == 0) end = ending(file_name, kUnknown);
  return std::string(file_name.substr(0, file_name.size() - end));
}

}  // namespace gradbook
