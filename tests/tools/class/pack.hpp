/// @file
/// Writes archives, sound ones and such as only an attacker makes.
#pragma once

#include <map>
#include <string>

#include "system/file.hpp"

struct archive;

namespace gradbook {

/// Files by their path in a submission.
using FilesByPath = std::map<std::string, std::string>;

/// An archive that is being written; its name says of which kind it is: .zip or .tar.gz.
class Pack {
 public:
  /// @param password  encrypts what is in it (zip only); "" does not
  explicit Pack(const fs::path& path, const std::string& password = "");
  ~Pack();
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  void add(const std::string& path, std::string_view bytes);
  void add_all(const FilesByPath& files);

  /// A symbolic link.
  void add_link(const std::string& path, const std::string& target);

  /// A file of so many bytes, all of them 0.
  void add_zeros(const std::string& path, std::size_t size);

 private:
  void header(const std::string& path, std::size_t size, unsigned type, const std::string& target);
  void expect_ok(int status) const;

  archive* archive_;
  fs::path path_;
};

}  // namespace gradbook
