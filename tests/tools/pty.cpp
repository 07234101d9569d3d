#include "tools/pty.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "tools/program.hpp"

namespace gradbook {

using namespace std::chrono_literals;

Pty::Pty(const std::vector<std::string>& arguments, int columns, int rows,
         const std::vector<std::string>& environment)
    : columns_(static_cast<std::size_t>(columns)) {
  terminal_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal_ < 0 || grantpt(terminal_) != 0 || unlockpt(terminal_) != 0)
    throw std::runtime_error("no pseudo-terminal");
  const std::string name = ptsname(terminal_);
  theirs_ = open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  resize(columns, rows);
  before_ = settings();

  std::vector<std::string> words = arguments;
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const std::string folder = root_folder().string();
  pid_ = fork();
  if (pid_ == 0) {
    setsid();
    const int end = open(name.c_str(), O_RDWR);
    ioctl(end, TIOCSCTTY, 0);
    for (int i = 0; i < 3; ++i) dup2(end, i);
    setenv("TERM", "xterm-256color", 1);
    setenv("GRADBOOK_ROOT", folder.c_str(), 1);
    for (const std::string& variable : environment) putenv(const_cast<char*>(variable.c_str()));
    if (chdir(folder.c_str()) == 0) execv(pointers[0], pointers.data());
    _exit(127);
  }
}

Pty::~Pty() {
  if (!ended_) {
    kill(pid_, SIGTERM);
    if (wait(5s) == -1 && !ended_) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
  }
  close(terminal_);
  close(theirs_);
}

void Pty::press(const std::string& keys) {
  if (write(terminal_, keys.data(), keys.size()) < 0) throw std::runtime_error("nobody listens");
}

void Pty::resize(int columns, int rows) {
  winsize size{};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = static_cast<unsigned short>(rows);
  ioctl(terminal_, TIOCSWINSZ, &size);
  columns_ = static_cast<std::size_t>(columns);
  cells_.assign(static_cast<std::size_t>(rows), std::vector<Cell>(columns_));
  row_ = column_ = 0;
}

void Pty::send(int signal) const { kill(pid_, signal); }

bool Pty::shows(const std::string& text, std::chrono::milliseconds at_most) {
  return read_until(true, text, at_most);
}

bool Pty::loses(const std::string& text, std::chrono::milliseconds at_most) {
  return read_until(false, text, at_most);
}

bool Pty::read_until(bool there, const std::string& text, std::chrono::milliseconds at_most) {
  const auto until = Clock::now() + at_most;
  bool found = true;
  while ((screen().find(text) != std::string::npos) != there) {
    found = Clock::now() <= until && !ended_;
    if (!found) break;
    if (read_some(50ms)) {
      while (read_some(10ms)) {  // the rest of this picture
      }
    }
  }
  keep_screen((there == found ? "" : "without ") + text);
  return found;
}

void Pty::read_for(std::chrono::milliseconds time) {
  for (const auto until = Clock::now() + time; Clock::now() < until;) read_some(20ms);
  keep_screen("later");
}

int Pty::count(const std::string& text) const {
  int times = 0;
  bool there = false;
  for (const std::string& screen : screens_) {
    const bool now = screen.find(text) != std::string::npos;
    times += now && !there;
    there = now;
  }
  return times;
}

int Pty::wait(std::chrono::milliseconds at_most) {
  for (const auto until = Clock::now() + at_most; !ended_ && Clock::now() < until;) {
    read_some(10ms);  // a terminal that nobody reads would hold the program up
    ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
  }
  while (read_some(10ms)) {
  }
  return ended_ && WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

termios Pty::settings() const {
  termios settings{};
  tcgetattr(theirs_, &settings);
  return settings;
}

bool Pty::read_some(std::chrono::milliseconds at_most) {
  pollfd open = {terminal_, POLLIN, 0};
  if (poll(&open, 1, static_cast<int>(at_most.count())) <= 0) return false;
  char buffer[65536];
  const ssize_t n = read(terminal_, buffer, sizeof buffer);
  if (n <= 0) return false;
  const std::string bytes(buffer, static_cast<std::size_t>(n));
  bytes_ += bytes;
  show(bytes);
  return true;
}

void Pty::note_screen() {
  if (std::string now = screen(); screens_.empty() || screens_.back() != now)
    screens_.push_back(std::move(now));
}

// One folder a test, with what it looked at in order
void Pty::keep_screen(const std::string& name) {
  if (screen() == kept_) return;
  kept_ = screen();
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  if (test == nullptr) return;
  static std::string folder_name;
  static int number = 0;
  const std::string now = std::string(test->test_suite_name()) + "." + test->name();
  const fs::path folder = build_folder() / "screens" / now;
  if (folder_name != now) {
    fs::remove_all(folder);
    folder_name = now;
    number = 0;
  }
  std::string words;
  for (const char c : name.substr(0, 40)) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain || (!words.empty() && words.back() != '_')) words += plain ? c : '_';
  }
  const std::string file = fmt::format("{:02}_{}", ++number, words);
  write_atomically(folder / (file + ".txt"), kept_);
  write_atomically(folder / (file + ".svg"), svg_of(cells_));
}

// "1", "31", "0" and their like
void Pty::set_style(const std::string& numbers) {
  const int number = std::atoi(numbers.c_str());
  if (number == 0) style_ = {};
  if (number == 1) style_.bold = true;
  if (number == 2) style_.dim = true;
  if (number == 7) style_.inverse = true;
  if (number >= 30 && number <= 37) style_.colour = number;
}

// What a terminal does with the few sequences that gradbook writes
void Pty::show(const std::string& bytes) {
  rest_ += bytes;
  const auto clear = [&](std::size_t row, std::size_t from) {
    std::fill(cells_[row].begin() + static_cast<long>(std::min(from, columns_)), cells_[row].end(),
              Cell{});
  };
  const auto blank = [&](std::size_t row, std::size_t from) {
    clear(row, from);
    for (std::size_t r = row + 1; r < cells_.size(); ++r) clear(r, 0);
  };
  std::size_t i = 0;
  while (i < rest_.size()) {
    const unsigned char c = static_cast<unsigned char>(rest_[i]);
    if (c == '\x1b') {
      if (i + 1 >= rest_.size()) break;
      if (rest_[i + 1] == ']') {  // a link
        const std::size_t end = rest_.find("\x1b\\", i);
        if (end == std::string::npos) break;
        style_.linked = end > i + 5;  // "]8;;" alone ends it
        i = end + 2;
        continue;
      }
      std::size_t end = i + 2;
      while (end < rest_.size() && (rest_[end] < 0x40 || rest_[end] > 0x7e)) ++end;
      if (end >= rest_.size()) break;
      const std::string what = rest_.substr(i + 2, end - i - 1);
      if (what.back() == 'm') set_style(what);
      if (what == "H") row_ = column_ = 0;
      if (what == "K") clear(row_, column_);
      if (what == "J") blank(row_, column_), note_screen();
      if (what == "2J" || what.starts_with("?1049")) blank(0, 0), row_ = column_ = 0;
      i = end + 1;
      continue;
    }
    if (c == '\r') column_ = 0;
    if (c == '\n') {
      if (row_ + 1 < cells_.size()) {
        ++row_;
      } else {
        cells_.erase(cells_.begin());
        cells_.emplace_back(columns_);
      }
    }
    if (c < 0x20) {
      ++i;
      continue;
    }
    const std::size_t length = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    if (i + length > rest_.size()) break;
    if (column_ < columns_) {
      cells_[row_][column_] = style_;
      cells_[row_][column_++].text = rest_.substr(i, length);
    }
    i += length;
  }
  rest_.erase(0, i);
}

}  // namespace gradbook
