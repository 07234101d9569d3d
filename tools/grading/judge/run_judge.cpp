#include "grading/judge/run_judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "system/process.hpp"

namespace gradbook {

std::vector<CaseResult> run_judge(const Workshop& workshop, const Exercise& e,
                                  const fs::path& worker, const fs::path& folder,
                                  const JudgeOptions& options) {
  const Linked reference = workshop.link_reference_worker(e), judge = workshop.link_judge(e);
  for (const Linked* linked : {&reference, &judge}) {
    if (!linked->ok)
      throw UserError(fmt::format("{} of {} does not link:\n{}",
                                  linked->program.filename().string(), e.id, linked->messages));
  }
  const fs::path results = folder / "results.json";
  std::error_code ignored;
  fs::remove(results, ignored);

  // A sanitizer reserves more address space than any limit would leave it
  const bool sanitized = std::ranges::any_of(workshop.recipe().flags, [](const std::string& flag) {
    return flag.starts_with("-fsanitize");
  });
  Command command{.arguments = {judge.program.string(), "--worker", worker.string(), "--reference",
                                reference.program.string(), "--results", results.string(), "--seed",
                                std::to_string(options.seed), "--cpu",
                                std::to_string(options.limits.cpu_seconds), "--wall",
                                std::to_string(options.limits.wall_seconds), "--memory",
                                std::to_string(sanitized ? 0 : options.limits.memory_mib),
                                "--side-by-side", std::to_string(options.side_by_side),
                                "--plain-supervisor", workshop.supervisor().string()}};
  for (const std::string& word : options.supervisor)
    command.arguments.push_back("--supervisor=" + word);
  if (!options.only_case.empty())
    command.arguments.insert(command.arguments.end(), {"--case", options.only_case});
  if (options.on_gpu) command.arguments.emplace_back("--on-gpu");
  const Completion completion = run(command);
  if (!fs::exists(results))
    throw UserError(fmt::format("the judge of {} left no result:\n{}", e.id, completion.output));
  auto cases = read_results(results);
  for (const CaseResult& c : cases) {
    if (c.state == "reference") throw UserError(fmt::format("{} is broken: {}", c.name, c.detail));
  }
  return cases;
}

}  // namespace gradbook
