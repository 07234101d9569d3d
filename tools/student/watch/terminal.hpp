/// @file
/// The terminal that a person sits at: keys at once, a screen of its own, and everything as it was
/// afterwards.
#pragma once

#include <termios.h>

#include <string>
#include <vector>

namespace gradbook {

struct Size {
  int columns = 80, rows = 24;
};

/// One key: a character as UTF-8, or the name of one that has none ("up", "escape", …).
struct Key {
  std::string text;
  bool operator==(const Key&) const = default;
};

/// Whether somebody sits there who can see a screen that is redrawn.
bool is_terminal();

/// Takes the terminal over for as long as it lives. Ctrl-C and its like become a key, "stop", so
/// that everything ends in order; the destructor gives all settings back.
class Terminal {
 public:
  Terminal();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  Size size() const;
  bool colour() const { return colour_; }

  /// Waits until there is a key, a signal, a wake(), something on `descriptor`, or time is up.
  /// @returns the keys that were pressed; what escape sequences it does not know, it drops
  std::vector<Key> wait(int descriptor, int milliseconds);

  /// Ends a wait(); safe in any thread and in a signal handler.
  static void wake();

  /// Shows these lines, each shorter than the screen is wide, from the top; nothing is written when
  /// nothing has changed.
  void draw(const std::vector<std::string>& lines);

  /// Leaves its screen to what programs print, and comes back; keys stay keys.
  void leave_screen();
  void enter_screen();

 private:
  std::vector<Key> read_keys();

  termios before_{};
  bool colour_ = true;
  bool on_screen_ = false;
  std::string drawn_;
};

}  // namespace gradbook
