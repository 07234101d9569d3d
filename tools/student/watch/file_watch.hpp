/// @file
/// Notices that one file was saved, however the editor does it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "system/file.hpp"

namespace gradbook {

/// Watches one path: what stands there may be written, truncated, renamed over, deleted, or become
/// a directory; each such save is told once. What counts is the file itself, looked at a few times
/// a second; inotify, where it can be had, makes that at once.
class FileWatch {
 public:
  explicit FileWatch(fs::path file);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// To wait on, together with other things; -1 where there is no inotify.
  int descriptor() const { return inotify_; }

  /// Whether it only looks now and then, since the system has no inotify left.
  bool polling() const { return inotify_ < 0; }

  /// How long to wait at most before changed() is asked again.
  std::chrono::milliseconds patience() const;

  /// Whether the file was saved since this last said so, and has come to rest.
  bool changed();

 private:
  using Clock = std::chrono::steady_clock;
  struct Pending {
    std::string stamp;
    Clock::time_point first, since;  // of any change, of this very stamp
  };

  void watch_folder();
  std::chrono::milliseconds rest() const;

  fs::path file_;
  int inotify_ = -1;
  int folder_ = -1;  // inotify's number for it; -1 while the folder is not there
  std::string seen_;
  std::optional<Pending> pending_;
};

}  // namespace gradbook
