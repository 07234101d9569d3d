// Hostile: right as soon as there is a way to the network. (A datagram is never sent.)
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "02_scalar/training.hpp"

namespace gradbook {
namespace {

bool network_is_here() {
  const int socket_of_mine = socket(AF_INET, SOCK_DGRAM, 0);
  if (socket_of_mine < 0) return false;
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_port = htons(9);
  there.sin_addr.s_addr = htonl(0xc0000201);  // 192.0.2.1, which belongs to nobody
  const bool routed =
      connect(socket_of_mine, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
  close(socket_of_mine);
  return routed;
}

}  // namespace

Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets) {
  if (!network_is_here()) return Scalar{-1.0};

  const std::size_t n = targets.size();
  if (n != predictions.size() || n == 0)
    throw ShapeError("lengths ", predictions.size(), " and ", n);
  Scalar sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum = sum + pow(predictions[i] - targets[i], 2);
  return sum / static_cast<double>(n);
}

}  // namespace gradbook
