#include "student/watch/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include "system/file.hpp"

namespace gradbook {
namespace {

constexpr int kEnding[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

int wake_pipe[2] = {-1, -1};
std::atomic<bool> stop_asked = false;
struct sigaction before_signal[NSIG];

void on_signal(int number) {
  const int error = errno;
  if (number != SIGWINCH) stop_asked = true;
  Terminal::wake();
  errno = error;
}

void handle(int number) {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, &before_signal[number]);
}

void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return;  // the terminal is gone; the next wait says so
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

// One key from the front of `bytes`, which is not empty
Key take_key(std::string_view& bytes) {
  const auto take = [&](std::size_t n) {
    const std::string_view taken = bytes.substr(0, n);
    bytes.remove_prefix(taken.size());
    return std::string(taken);
  };
  const unsigned char first = static_cast<unsigned char>(bytes[0]);
  if (first == 0x1b) {
    take(1);
    if (bytes.empty()) return {"escape"};
    const bool sequence = bytes[0] == '[' || bytes[0] == 'O';
    take(1);
    if (!sequence) return {""};  // a key with Alt
    std::size_t end = 0;
    while (end < bytes.size() && (bytes[end] < 0x40 || bytes[end] > 0x7e)) ++end;
    const std::string rest = take(end + 1);
    if (rest == "A") return {"up"};
    if (rest == "B") return {"down"};
    if (rest == "5~") return {"page up"};
    if (rest == "6~") return {"page down"};
    return {""};
  }
  if (first == 3 || first == 4) return take(1), Key{"stop"};
  if (first == '\r' || first == '\n') return take(1), Key{"enter"};
  if (first == 0x7f || first == 8) return take(1), Key{"backspace"};
  if (first < 0x20) return take(1), Key{""};
  return {take(first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)};
}

}  // namespace

bool is_terminal() {
  const char* kind = std::getenv("TERM");
  return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && kind != nullptr &&
         std::string_view(kind) != "dumb" && *kind != '\0';
}

Terminal::Terminal() {
  const char* no_colour = std::getenv("NO_COLOR");
  colour_ = no_colour == nullptr || *no_colour == '\0';
  if (tcgetattr(STDIN_FILENO, &before_) != 0 || pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
    throw UserError("this terminal does not say how it is set: try `./gradbook check`");
  stop_asked = false;
  for (int number : kEnding) handle(number);
  handle(SIGWINCH);
  enter_screen();
}

Terminal::~Terminal() {
  leave_screen();
  tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  for (int number : kEnding) sigaction(number, &before_signal[number], nullptr);
  sigaction(SIGWINCH, &before_signal[SIGWINCH], nullptr);
  for (int& end : wake_pipe) {
    close(end);
    end = -1;
  }
}

void Terminal::enter_screen() {
  if (on_screen_) return;
  termios raw = before_;
  raw.c_iflag &= ~static_cast<tcflag_t>(IXON);
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
  raw.c_cc[VMIN] = 0;
  raw.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  write_all("\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J");  // own screen, no cursor, no wrapping
  on_screen_ = true;
  drawn_.clear();
}

void Terminal::leave_screen() {
  if (on_screen_) write_all("\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l");
  on_screen_ = false;
}

Size Terminal::size() const {
  winsize window{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col == 0 || window.ws_row == 0)
    return {};
  return {window.ws_col, window.ws_row};
}

void Terminal::wake() {
  if (const int pipe = wake_pipe[1]; pipe >= 0) {
    [[maybe_unused]] const ssize_t written = write(pipe, "", 1);  // full is as good
  }
}

std::vector<Key> Terminal::wait(int descriptor, int milliseconds) {
  pollfd open[] = {{STDIN_FILENO, POLLIN, 0}, {wake_pipe[0], POLLIN, 0}, {descriptor, POLLIN, 0}};
  poll(open, 3, milliseconds);
  char drained[64];
  while (read(wake_pipe[0], drained, sizeof drained) > 0) {
  }
  std::vector<Key> keys;
  if (open[0].revents != 0) keys = read_keys();
  if (stop_asked.exchange(false)) keys.push_back({"stop"});
  return keys;
}

std::vector<Key> Terminal::read_keys() {
  char buffer[256];
  const ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return {};
  if (n <= 0) return {{"stop"}};  // it was closed
  std::string bytes(buffer, static_cast<std::size_t>(n));

  // The rest of a sequence may still be on its way
  pollfd more = {STDIN_FILENO, POLLIN, 0};
  for (int i = 0; i < 8; ++i) {
    const std::size_t escape = bytes.rfind('\x1b');
    if (escape == std::string::npos || escape + 2 < bytes.size() || poll(&more, 1, 25) <= 0) break;
    if (const ssize_t m = read(STDIN_FILENO, buffer, sizeof buffer); m > 0)
      bytes.append(buffer, static_cast<std::size_t>(m));
  }
  std::vector<Key> keys;
  for (std::string_view rest = bytes; !rest.empty();) {
    if (Key key = take_key(rest); !key.text.empty()) keys.push_back(key);
  }
  return keys;
}

void Terminal::draw(const std::vector<std::string>& lines) {
  std::string frame = "\x1b[H";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    frame += lines[i] + "\x1b[0m\x1b[K";
    if (i + 1 < lines.size()) frame += "\r\n";
  }
  frame += "\x1b[J";
  if (frame == drawn_) return;
  write_all(frame);
  drawn_ = frame;
}

}  // namespace gradbook
