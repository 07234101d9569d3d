#include "system/zip.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <memory>

namespace gradbook {
namespace {

la_ssize_t append(archive*, void* text, const void* bytes, std::size_t n) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), n);
  return static_cast<la_ssize_t>(n);
}

}  // namespace

void write_zip(const fs::path& path, const std::vector<ZipEntry>& entries) {
  std::string zip;
  const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), archive_write_free);
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                       archive_entry_free);
  const auto must = [&](la_ssize_t result) {
    if (result < ARCHIVE_OK)
      throw UserError(
          fmt::format("cannot write {}: {}", path.string(), archive_error_string(writer.get())));
  };
  must(archive_write_set_format_zip(writer.get()));
  must(archive_write_set_bytes_in_last_block(writer.get(), 1));
  must(archive_write_open(writer.get(), &zip, nullptr, append, nullptr));
  for (const ZipEntry& e : entries) {
    archive_entry_clear(entry.get());
    archive_entry_set_pathname_utf8(entry.get(), e.path.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), e.executable ? 0755 : 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(e.bytes.size()));
    must(archive_write_header(writer.get(), entry.get()));
    must(archive_write_data(writer.get(), e.bytes.data(), e.bytes.size()));
  }
  must(archive_write_close(writer.get()));
  write_atomically(path, zip);
}

}  // namespace gradbook
