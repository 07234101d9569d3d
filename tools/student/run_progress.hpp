/// @file
/// How far a module's program is: one line that is rewritten on a terminal, lines now and then
/// elsewhere.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gradbook {

/// What a program reports after an epoch: see modules/00_course/progress.hpp.
struct Epoch {
  int done = 0, all = 0;
  double loss = 0;
  double per_second = 0;  // 0 while it is not known
};

/// Reads "epoch 17 100 0.0312". @returns nothing for a line that is another, or makes no sense
std::optional<Epoch> read_epoch(const std::string& line);

/// "17 of 100 epochs  loss 0.0312  1320 epochs/s  0.1 s left", behind a bar that takes the room
/// that is left of `columns`; what is least needed goes where room is short.
std::string with_bar(const Epoch& epoch, std::size_t columns);

/// The same for a log: all of it, and no bar.
std::string as_line(const Epoch& epoch);

/// Prints what a program prints, and how far it is.
class RunProgress {
 public:
  enum class Kind { bar, lines, nothing };

  explicit RunProgress(Kind kind) : kind_(kind) {}

  /// Bytes that the program has reported.
  void report(std::string_view bytes);

  /// Bytes that the program has printed: they go above the bar.
  void print(std::string_view bytes);

  /// The program has ended: the bar stays as it is, and what comes is printed below it.
  void end();

  /// The last that was reported.
  const std::optional<Epoch>& last() const { return last_; }

 private:
  using Clock = std::chrono::steady_clock;

  void take(Epoch epoch);
  void draw();
  void take_away();

  Kind kind_;
  std::string rest_;  // of a line that has not come to its end
  std::optional<Epoch> last_;
  Clock::time_point began_ = Clock::now(), last_at_ = began_, shown_at_ = began_;
  int shown_ = 0;              // how many epochs were over when it was last shown
  bool bar_is_there_ = false;  // and the cursor stands behind it
  bool in_mid_line_ = false;   // of what the program prints
};

}  // namespace gradbook
