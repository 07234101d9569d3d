#include "author/mutant_trial.hpp"

#include <algorithm>

#include "grading/build/compiler_messages.hpp"
#include "student/public_tests.hpp"

namespace gradbook {

MutantTrial try_mutant(const Workshop& workshop, const Exercise& e, const fs::path& source,
                       const fs::path& folder, const CheckOptions& options) {
  // Confined by nothing, but as a confined workshop builds: without debug information
  const Workshop quick = workshop.confined({});
  const Compiled compiled = quick.compile(e, source, folder);
  if (!compiled.ok) return {.broken = first_errors(compiled.messages, source.string())};
  const Linked tests = quick.link(Program::public_tests, e, compiled.object, folder);
  if (!tests.ok) return {.broken = quick.explain(e, compiled, tests)};
  const Linked worker = quick.link(Program::worker, e, compiled.object, folder);
  if (!worker.ok) {
    if (!quick.forbidden_call(e, compiled.object).empty())
      return {.refused = true, .fails_public = true};
    return {.broken = quick.explain(e, compiled, worker)};
  }

  MutantTrial trial;
  const TestRun run =
      run_public_tests(tests.program, options.test_limit, "*", Until::first_failure);
  trial.fails_public = std::ranges::any_of(
      run.tests, [](const TestResult& t) { return t.state != TestResult::State::passed; });
  trial.cases = run_judge(workshop, e, worker.program, folder, options.judging());
  return trial;
}

}  // namespace gradbook
