#include "grading/sandbox/room_user.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <string>
#include <utility>

namespace gradbook {
namespace {

// Between what systemd gives out by itself and what Debian reserves; containers map them too
constexpr uid_t kFirst = 60800, kLast = 61180;

}  // namespace

std::optional<RoomUser> RoomUser::claim() {
  for (uid_t uid = kFirst; uid <= kLast; ++uid) {
    const int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0) return std::nullopt;
    const std::string name = "gradbook.room." + std::to_string(uid);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, name.data(), name.size());  // a leading 0: no file
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    if (bind(file, reinterpret_cast<const sockaddr*>(&address), length) == 0)
      return RoomUser(uid, file);
    close(file);
  }
  return std::nullopt;
}

RoomUser::RoomUser(RoomUser&& other) noexcept
    : uid_(other.uid_), claim_(std::exchange(other.claim_, -1)) {}

RoomUser& RoomUser::operator=(RoomUser&& other) noexcept {
  std::swap(uid_, other.uid_);
  std::swap(claim_, other.claim_);
  return *this;
}

RoomUser::~RoomUser() {
  if (claim_ >= 0) close(claim_);
}

}  // namespace gradbook
