/// @file
/// A user of one room's own, where gradbook runs as root.
#pragma once

#include <sys/types.h>

#include <optional>

namespace gradbook {

/// A uid that no other room on this machine has as long as this lives. It is in no list of users
/// and owns nothing.
class RoomUser {
 public:
  /// Nothing where all are taken.
  static std::optional<RoomUser> claim();

  RoomUser(RoomUser&& other) noexcept;
  RoomUser& operator=(RoomUser&& other) noexcept;
  ~RoomUser();

  uid_t uid() const { return uid_; }

 private:
  RoomUser(uid_t uid, int claim) : uid_(uid), claim_(claim) {}
  uid_t uid_;
  int claim_;  // a socket with the uid in its name: the kernel gives a name once, and frees it with
               // us
};

}  // namespace gradbook
