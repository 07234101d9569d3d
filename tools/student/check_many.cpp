#include "student/check_many.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "student/list.hpp"
#include "student/paragraph.hpp"

namespace gradbook {

void side_by_side(std::size_t n, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto loop = [&] {
    for (std::size_t i; (i = next++) < n;) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = n;
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t cores = std::max(2u, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < std::min(n, cores); ++i) threads.emplace_back(loop);
  }
  if (failure) std::rethrow_exception(failure);
}

Grid::Grid(std::vector<const Exercise*> exercises, bool live)
    : exercises_(std::move(exercises)), marks_(exercises_.size(), " "), live_(live) {
  if (live_) draw();
}

Grid::~Grid() {
  // Line by line: clearing all at once would push the grid into the history of some terminals
  for (; rows_ > 0; --rows_) fmt::print("\x1b[A\r\x1b[K");
  std::fflush(stdout);
}

void Grid::mark(std::size_t i, std::string_view mark) {
  const std::lock_guard lock(mutex_);
  marks_[i] = mark;
  if (live_) draw();
}

void Grid::draw() {
  constexpr std::size_t kCell = 8;  // "✓ 2.10  "
  const std::size_t in_a_row = std::max<std::size_t>(1, (terminal_columns() - 1) / kCell);
  const auto finished = std::ranges::count_if(
      marks_, [](const std::string& mark) { return mark != " " && mark != "…"; });
  std::string screen = rows_ > 0 ? fmt::format("\x1b[{}A\r", rows_) : "";  // over the last one
  screen += fmt::format("checking: {} of {}\x1b[K\n", finished, marks_.size());
  rows_ = 1;
  std::size_t column = 0;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    screen += fmt::format("{} {:<{}}", marks_[i], exercises_[i]->id, kCell - 2);
    const bool last = i + 1 == marks_.size();
    if (++column == in_a_row || last || exercises_[i + 1]->module != exercises_[i]->module) {
      screen += "\x1b[K\n";
      ++rows_;
      column = 0;
    }
  }
  fmt::print("{}\x1b[J", screen);
  std::fflush(stdout);
}

std::vector<Verdict> check_many(const Workshop& workshop,
                                std::span<const Exercise* const> exercises,
                                const CheckOptions& options, bool live) {
  std::vector<Verdict> verdicts(exercises.size());
  Grid grid({exercises.begin(), exercises.end()}, live);
  if (exercises.size() > 1)
    workshop.bring_up_to_date(exercises, options.takes_long);  // once, not by each
  side_by_side(exercises.size(), [&](std::size_t i) {
    grid.mark(i, "…");
    verdicts[i] = check(workshop, *exercises[i], options);
    grid.mark(i, mark_of(verdicts[i].state));
  });
  return verdicts;
}

std::string_view mark_of(State state) {
  return state == State::done ? "✓" : state == State::not_started ? "·" : "✗";
}

std::vector<std::string> from_reference(const Book& book, const Exercise& e,
                                        const Progress& progress) {
  std::set<std::string> needed, beneath;
  for (const Module& module : book.modules())
    beneath.insert(module.beneath.begin(), module.beneath.end());
  std::vector<std::string> open = e.prerequisites;
  while (!open.empty()) {
    const std::string id = open.back();
    open.pop_back();
    if (!needed.insert(id).second) continue;
    const auto& more = book.find(id)->prerequisites;
    open.insert(open.end(), more.begin(), more.end());
  }
  std::vector<std::string> result;
  for (const Exercise* other : book.select("")) {  // in the book's order
    if (needed.count(other->id) && !beneath.count(other->id) && !progress.of(other->id).done)
      result.push_back(other->id);
  }
  return result;
}

std::vector<const Exercise*> written_exercises(const Book& book, const fs::path& workbook) {
  std::vector<const Exercise*> written;
  for (const Exercise* e : book.select("")) {
    if (is_written(book, *e, workbook)) written.push_back(e);
  }
  return written;
}

Progress open_progress(const Workshop& workshop, const fs::path& workbook) {
  Progress progress(workshop.book(), workbook);
  if (!progress.warning().empty()) fmt::print(stderr, "gradbook: {}\n", progress.warning());
  if (!progress.is_damaged()) return progress;

  const auto written = written_exercises(workshop.book(), workbook);
  const auto verdicts =
      check_many(workshop, written, {.workbook = workbook}, isatty(STDOUT_FILENO));
  try {
    for (const Verdict& verdict : verdicts) progress.note(verdict);
    progress.rebuilt();
  } catch (const UserError& error) {
    fmt::print(stderr, "gradbook: that could not be noted: {}\n", error.what());
    return progress;
  }
  fmt::print(stderr, "gradbook: {} of {} exercises pass and are noted as done\n",
             std::ranges::count(verdicts, State::done, &Verdict::state),
             workshop.book().select("").size());
  return progress;
}

}  // namespace gradbook
