#include "student/check_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "student/check_many.hpp"
#include "student/check_mine.hpp"
#include "student/paragraph.hpp"
#include "student/run_on_gpu.hpp"

namespace gradbook {
namespace {

constexpr int kDone = 0, kNotDone = 1, kBadInput = 2;

// The state of the workbook; none, with a line about it, where it cannot be had: a verdict is worth
// showing all the same
std::optional<Progress> progress_of(const Workshop& workshop, const fs::path& workbook) {
  try {
    return open_progress(workshop, workbook);
  } catch (const UserError& error) {
    fmt::print(stderr, "gradbook: your progress is not at hand: {}\n", error.what());
    return std::nullopt;
  }
}

bool is_writable(const fs::path& workbook) {
  const fs::path state = workbook / ".gradbook";
  return access((fs::exists(state) ? state : workbook).c_str(), W_OK) == 0;
}

void note(Progress& progress, const std::vector<Verdict>& verdicts) {
  try {
    for (const Verdict& verdict : verdicts) progress.note(verdict);
  } catch (const UserError& error) {
    std::fflush(stdout);
    fmt::print(stderr, "gradbook: this verdict could not be noted: {}\n", error.what());
  }
}

}  // namespace

int check_command(const Workshop& workshop, const CheckCommand& command) {
  const Book& book = workshop.book();
  const auto exercises = book.select(command.what);
  CheckOptions options = command.options;
  const bool one_part = !(options.only_test + options.only_case).empty();
  if (one_part && (exercises.size() > 1 || command.mine)) {
    throw UserError("--test and --case need one exercise: ./gradbook check 2.2 --case …");
  }
  if (command.mine && command.json) throw UserError("--mine has no --json: leave one of them out");
  const bool live = isatty(STDOUT_FILENO) && !command.json;
  if (command.mine) return check_mine(workshop, exercises, options, live);

  auto progress = progress_of(workshop, options.workbook);
  options.takes_long = [](int files) {
    fmt::print(stderr,
               "gradbook: compiling {} files that go with it: a minute or two, this first time\n",
               files);
  };
  auto verdicts = check_many(workshop, exercises, options, live && exercises.size() > 1);
  const auto done = std::ranges::count(verdicts, State::done, &Verdict::state);
  if (exercises.size() > 1 && !command.json) {
    double points = 0, in_all = 0;
    for (const Verdict& v : verdicts) {
      points += v.state == State::done ? v.exercise->points : 0;
      in_all += v.exercise->points;
    }
    const std::size_t columns = terminal_columns();
    fmt::print("{} of {} done, {} of {} points\n", done, verdicts.size(), points, in_all);
    for (const Verdict& verdict : verdicts) fmt::print("{}", to_line(verdict, columns));
  }
  if (progress && exercises.size() == 1) {
    Verdict& verdict = verdicts[0];
    verdict.from_reference = from_reference(book, *exercises[0], *progress);
    std::erase_if(verdict.from_reference,
                  [&](const std::string& id) { return !workshop.has_reference(*book.find(id)); });
  }
  // A pipe gets the lines as they are
  const auto show = [&](const std::string& text) {
    if (!command.json) fmt::print("{}", live ? fitted(text, terminal_columns()) : text);
    std::fflush(stdout);
  };
  if (exercises.size() == 1) {
    show(to_text(verdicts.front()));
    auto& on_gpu = verdicts.front().on_gpu;
    on_gpu = run_on_gpu(workshop, verdicts.front(), options);
    if (on_gpu) show(fmt::format("{}\n", fmt::join(to_lines(*on_gpu), "\n")));
  }
  if (command.json) fmt::print("{}", to_json(verdicts));
  if (progress && !one_part && (!command.workbook_is_given || is_writable(options.workbook)))
    note(*progress, verdicts);

  const bool missing = std::ranges::count(verdicts, State::missing, &Verdict::state) > 0;
  return missing                                                ? kBadInput
         : done == static_cast<std::ptrdiff_t>(verdicts.size()) ? kDone
                                                                : kNotDone;
}

}  // namespace gradbook
