#include "tools/archive_writer.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

namespace gradbook {
namespace {

la_ssize_t append(archive*, void* bytes, const void* data, std::size_t size) {
  static_cast<std::string*>(bytes)->append(static_cast<const char*>(data), size);
  return static_cast<la_ssize_t>(size);
}

void check(archive* writer, int status) {
  if (status < ARCHIVE_WARN) throw std::runtime_error(archive_error_string(writer));
}

void write(archive* writer, const ArchiveItem& item) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                            &archive_entry_free);
  using Kind = ArchiveItem::Kind;
  archive_entry_set_pathname(entry.get(), item.path.c_str());
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), 1'700'000'000, 0);
  archive_entry_set_size(entry.get(), 0);
  switch (item.kind) {
    case Kind::file:
      archive_entry_set_filetype(entry.get(), AE_IFREG);
      archive_entry_set_size(entry.get(), static_cast<la_int64_t>(item.text.size()));
      break;
    case Kind::folder:
      archive_entry_set_filetype(entry.get(), AE_IFDIR);
      break;
    case Kind::link:
      archive_entry_set_filetype(entry.get(), AE_IFLNK);
      archive_entry_set_symlink(entry.get(), item.text.c_str());
      break;
    case Kind::hard_link:
      archive_entry_set_filetype(entry.get(), AE_IFREG);
      archive_entry_set_hardlink(entry.get(), item.text.c_str());
      break;
    case Kind::fifo:
      archive_entry_set_filetype(entry.get(), AE_IFIFO);
      break;
    case Kind::device:
      archive_entry_set_filetype(entry.get(), AE_IFCHR);
      break;
  }
  check(writer, archive_write_header(writer, entry.get()));
  if (item.kind == Kind::file) archive_write_data(writer, item.text.data(), item.text.size());
}

// Numbers as zip writes them
std::string bytes_of(std::uint64_t number, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += static_cast<char>(number >> (8 * i) & 0xFF);
  return result;
}

}  // namespace

std::string archive_bytes(const std::string& format, const std::vector<ArchiveItem>& items,
                          const std::string& password) {
  std::string bytes;
  const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(),
                                                                       &archive_write_free);
  if (format == "zip") {
    check(writer.get(), archive_write_set_format_zip(writer.get()));
    if (!password.empty()) {
      check(writer.get(), archive_write_set_options(writer.get(), "zip:encryption=aes256"));
      check(writer.get(), archive_write_set_passphrase(writer.get(), password.c_str()));
    }
  } else {
    check(writer.get(), archive_write_set_format_pax_restricted(writer.get()));
  }
  if (format == "tar.gz") archive_write_add_filter_gzip(writer.get());
  if (format == "tar.bz2") archive_write_add_filter_bzip2(writer.get());
  if (format == "tar.xz") archive_write_add_filter_xz(writer.get());
  if (format == "tar.zst") archive_write_add_filter_zstd(writer.get());
  check(writer.get(), archive_write_set_bytes_in_last_block(writer.get(), 1));
  check(writer.get(), archive_write_open(writer.get(), &bytes, nullptr, append, nullptr));
  for (const ArchiveItem& item : items) write(writer.get(), item);
  check(writer.get(), archive_write_close(writer.get()));
  return bytes;
}

std::string zip_of_many(std::size_t count) {
  // A file, and how the directory at the end lists it: stored, empty
  std::string files, list;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = fmt::format("{:07}", i);
    const std::uint64_t begin = files.size();
    files += "PK\x03\x04" + bytes_of(10, 2) + bytes_of(0, 4) + bytes_of(0, 4) + bytes_of(0, 12) +
             bytes_of(name.size(), 2) + bytes_of(0, 2) + name;
    list += "PK\x01\x02" + bytes_of(0x031E, 2) + bytes_of(10, 2) + bytes_of(0, 4) + bytes_of(0, 4) +
            bytes_of(0, 12) + bytes_of(name.size(), 2) + bytes_of(0, 8) +
            bytes_of(std::uint64_t{0100644} << 16, 4) + bytes_of(begin, 4) + name;
  }
  // More than 65,535 entries are counted in a second, larger record
  const std::uint64_t list_at = files.size(), end_at = list_at + list.size();
  return files + list + "PK\x06\x06" + bytes_of(44, 8) + bytes_of(45, 2) + bytes_of(45, 2) +
         bytes_of(0, 8) + bytes_of(count, 8) + bytes_of(count, 8) + bytes_of(list.size(), 8) +
         bytes_of(list_at, 8) + "PK\x06\x07" + bytes_of(0, 4) + bytes_of(end_at, 8) +
         bytes_of(1, 4) + "PK\x05\x06" + bytes_of(0, 4) + bytes_of(0xFFFF, 2) +
         bytes_of(0xFFFF, 2) + bytes_of(list.size(), 4) + bytes_of(list_at, 4) + bytes_of(0, 2);
}

}  // namespace gradbook
