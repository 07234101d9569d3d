#include "student/check_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "student/check_many.hpp"
#include "student/check_mine.hpp"
#include "student/paragraph.hpp"

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
  if (command.json) {
    fmt::print("{}", to_json(verdicts));
  } else if (exercises.size() == 1) {
    // A pipe gets the lines as they are
    const std::string text = to_text(verdicts.front());
    fmt::print("{}", live ? fitted(text, terminal_columns()) : text);
  }
  if (progress && !one_part && (!command.workbook_is_given || is_writable(options.workbook)))
    note(*progress, verdicts);

  const bool missing = std::ranges::count(verdicts, State::missing, &Verdict::state) > 0;
  return missing                                                ? kBadInput
         : done == static_cast<std::ptrdiff_t>(verdicts.size()) ? kDone
                                                                : kNotDone;
}

}  // namespace gradbook
