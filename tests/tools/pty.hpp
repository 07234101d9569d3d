/// @file
/// A program at a terminal of its own, with somebody who presses keys and reads the screen.
#pragma once

#include <sys/types.h>
#include <termios.h>

#include <chrono>
#include <string>
#include <vector>

#include "tools/pty_picture.hpp"

namespace gradbook {

/// Runs a program in a pseudo-terminal. Its screen is kept as a terminal would show it; each one
/// that a test looks at goes into build/student/screens, in a folder of the test's own, as text and
/// as a picture.
class Pty {
 public:
  using Clock = std::chrono::steady_clock;

  Pty(const std::vector<std::string>& arguments, int columns, int rows,
      const std::vector<std::string>& environment = {});
  ~Pty();
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;

  void press(const std::string& keys);

  /// Reads until the screen holds `text`. @returns whether it came in time
  bool shows(const std::string& text, std::chrono::milliseconds at_most = std::chrono::seconds(60));

  /// Reads until the screen no longer holds `text`.
  bool loses(const std::string& text, std::chrono::milliseconds at_most = std::chrono::seconds(60));

  /// Reads for so long, whatever comes.
  void read_for(std::chrono::milliseconds time);

  /// How often `text` was newly on the screen.
  int count(const std::string& text) const;

  void resize(int columns, int rows);
  void send(int signal) const;

  /// Waits for the program to end. @returns its exit status; -1 when it does not, or by a signal
  int wait(std::chrono::milliseconds at_most = std::chrono::seconds(20));

  std::string screen() const { return text_of(cells_); }
  const std::string& bytes() const { return bytes_; }
  termios settings() const;
  const termios& settings_before() const { return before_; }

 private:
  bool read_some(std::chrono::milliseconds at_most);
  bool read_until(bool there, const std::string& text, std::chrono::milliseconds at_most);
  void show(const std::string& bytes);
  void set_style(const std::string& numbers);
  void keep_screen(const std::string& name);
  void note_screen();

  int terminal_ = -1;  // our end
  int theirs_ = -1;    // kept open, so that the settings outlive the program
  termios before_{};
  pid_t pid_ = 0;
  int status_ = -1;
  bool ended_ = false;
  std::size_t columns_, row_ = 0, column_ = 0;
  Cells cells_;
  Cell style_;  // of what is written next
  std::string bytes_, rest_;
  std::vector<std::string> screens_;  // one after each read, without repetitions
  std::string kept_;                  // the last screen that was kept
};

}  // namespace gradbook
