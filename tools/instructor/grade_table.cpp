#include "instructor/grade_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "student/paragraph.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

constexpr auto kFrame = 100ms;      // between two frames of the table
constexpr auto kLine = 10s;         // between two lines where there is no terminal
constexpr std::size_t kBar = 24;    // cells of the progress bar
constexpr std::size_t kChrome = 3;  // lines around the table

std::size_t terminal_rows() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
}

}  // namespace

GradeTable::GradeTable(std::vector<const Exercise*> exercises, std::map<std::string, int> handed_in,
                       std::size_t tasks, std::string what, bool live)
    : exercises_(std::move(exercises)),
      handed_in_(std::move(handed_in)),
      tasks_(tasks),
      what_(std::move(what)),
      live_(live) {
  if (!live_) drawn_ = start_;
  if (live_) draw();
}

GradeTable::~GradeTable() {
  if (rows_ > 0) fmt::print("\x1b[{}A\x1b[J", rows_);
  std::fflush(stdout);
}

void GradeTable::finish_one(bool known) {
  ++done_;
  known_ += known;
  const auto now = Clock::now();
  if (now - drawn_ < (live_ ? Clock::duration(kFrame) : Clock::duration(kLine)) && done_ < tasks_)
    return;
  drawn_ = now;
  if (live_) {
    draw();
  } else if (done_ > known_) {
    fmt::print("{}\n", progress_text());
    std::fflush(stdout);
  }
}

std::string GradeTable::progress_text() const {
  std::string left = "";
  const std::size_t fresh = done_ - known_;
  if (fresh > 0 && done_ < tasks_) {
    const double each =
        std::chrono::duration<double>(Clock::now() - start_).count() / static_cast<double>(fresh);
    const int seconds = static_cast<int>(each * static_cast<double>(tasks_ - done_) + 0.5);
    left = fmt::format(", about {}:{:02} left", seconds / 60, seconds % 60);
  }
  return fmt::format("{} of {} {}{}", done_, tasks_, what_, left);
}

void GradeTable::draw() {
  const std::size_t columns = terminal_columns();
  std::vector<std::string> lines;
  std::vector<const Exercise*> shown = exercises_;

  // What is complete makes room for what is in work
  const auto complete = [&](const Exercise* e) {
    int seen = 0;
    for (const auto& [state, count] : counts_[e->id]) seen += count;
    return seen >= handed_in_[e->id];
  };
  const std::size_t room = terminal_rows() > kChrome + 2 ? terminal_rows() - kChrome - 1 : 1;
  std::size_t hidden = 0;
  while (shown.size() > room) {
    const auto done = std::ranges::find_if(shown, complete);
    shown.erase(done == shown.end() ? shown.end() - 1 : done);
    ++hidden;
  }
  for (const Exercise* e : shown) {
    std::vector<std::string> states;
    int seen = 0;
    for (const auto& [state, count] : counts_[e->id]) {
      states.push_back(fmt::format("{} {}", count, name(state)));
      seen += count;
    }
    lines.push_back(fmt::format("{} {:<5} {:<20} {:>4} of {:<4} {}", complete(e) ? "✓" : " ", e->id,
                                e->name, seen, handed_in_[e->id], fmt::join(states, ", ")));
  }
  if (hidden > 0) lines.push_back(fmt::format("  … and {} exercises more", hidden));
  const std::size_t full = tasks_ == 0 ? kBar : kBar * done_ / tasks_;
  std::string bar;
  for (std::size_t i = 0; i < kBar; ++i) bar += i < full ? "█" : "░";
  lines.push_back(fmt::format("{} {}", bar, progress_text()));

  std::string frame = rows_ > 0 ? fmt::format("\x1b[{}A\x1b[J", rows_) : "";
  for (const std::string& line : lines) frame += shortened(line, columns - 1) + "\n";
  rows_ = lines.size();
  fmt::print("{}", frame);
  std::fflush(stdout);
}

}  // namespace gradbook
