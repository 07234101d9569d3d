#include "student/watch/watch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "student/check.hpp"
#include "student/check_many.hpp"
#include "student/run_on_gpu.hpp"
#include "student/watch/session.hpp"

namespace gradbook {
namespace {

// Nobody is watching: one check, as text
int check_once(const Workshop& workshop, const fs::path& workbook) {
  Progress progress = open_progress(workshop, workbook);
  const Exercise& e = progress.current();
  Verdict verdict = check(workshop, e, {.workbook = workbook});
  verdict.from_reference = from_reference(workshop.book(), e, progress);
  progress.note(verdict);
  fmt::print("{}\n{:g} of {:g} points; {}\n", to_text(verdict), progress.points(),
             progress.points_in_all(), shown(workbook / Book::stub_path(e)));
  if (const auto on_gpu = run_on_gpu(workshop, verdict, {.workbook = workbook}))
    fmt::print("{}\n", fmt::join(to_lines(*on_gpu), "\n"));
  return verdict.state == State::done ? 0 : verdict.state == State::missing ? 2 : 1;
}

}  // namespace

int run_watch(const Workshop& workshop, const WatchOptions& options) {
  if (!is_terminal()) return check_once(workshop, options.workbook);
  return Session(workshop, options.workbook).run();
}

}  // namespace gradbook
