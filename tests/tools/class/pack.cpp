#include "tools/class/pack.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>

namespace gradbook {

Pack::Pack(const fs::path& path, const std::string& password)
    : archive_(archive_write_new()), path_(path) {
  if (path.extension() == ".zip") {
    expect_ok(archive_write_set_format_zip(archive_));
  } else {
    expect_ok(archive_write_set_format_pax_restricted(archive_));
    expect_ok(archive_write_add_filter_gzip(archive_));
  }
  if (!password.empty()) {
    expect_ok(archive_write_set_options(archive_, "zip:encryption=traditional"));
    expect_ok(archive_write_set_passphrase(archive_, password.c_str()));
  }
  expect_ok(archive_write_open_filename(archive_, path.c_str()));
}

Pack::~Pack() { archive_write_free(archive_); }

void Pack::expect_ok(int status) const {
  if (status < ARCHIVE_WARN)
    throw UserError(path_.string() + ": cannot be written: " + archive_error_string(archive_));
}

void Pack::header(const std::string& path, std::size_t size, unsigned type,
                  const std::string& target) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                       archive_entry_free);
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_filetype(entry.get(), type);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), 1'770'000'000, 0);  // same input, same bytes
  if (!target.empty()) archive_entry_set_symlink(entry.get(), target.c_str());
  expect_ok(archive_write_header(archive_, entry.get()));
}

void Pack::add(const std::string& path, std::string_view bytes) {
  header(path, bytes.size(), S_IFREG, "");
  if (archive_write_data(archive_, bytes.data(), bytes.size()) < 0) expect_ok(ARCHIVE_FATAL);
}

void Pack::add_all(const FilesByPath& files) {
  for (const auto& [path, bytes] : files) add(path, bytes);
}

void Pack::add_link(const std::string& path, const std::string& target) {
  header(path, 0, S_IFLNK, target);
}

void Pack::add_zeros(const std::string& path, std::size_t size) {
  header(path, size, S_IFREG, "");
  const std::string zeros(1u << 20, '\0');
  for (std::size_t left = size; left > 0;) {
    const la_ssize_t n = archive_write_data(archive_, zeros.data(), std::min(left, zeros.size()));
    if (n <= 0) return expect_ok(ARCHIVE_FATAL);
    left -= static_cast<std::size_t>(n);
  }
}

}  // namespace gradbook
