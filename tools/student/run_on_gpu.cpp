#include "student/run_on_gpu.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "student/failure.hpp"
#include "system/lock.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLines = 12;  // of a compiler

// A CUDA process maps far more memory than it uses, and takes its time to begin
constexpr WorkerLimits kLimits{.cpu_seconds = 60, .wall_seconds = 120, .memory_mib = 0};

// What nvcc says from its first error on, without empty lines
std::vector<std::string> first_errors_of_nvcc(const std::string& messages) {
  std::vector<std::string> lines;
  std::istringstream stream(messages);
  for (std::string line; std::getline(stream, line) && lines.size() < kLines;) {
    const bool error =
        line.find("error") != std::string::npos || line.find("fatal") != std::string::npos ||
        line.find("undefined") != std::string::npos || line.find("Undefined") != std::string::npos;
    if (line.empty() || (lines.empty() && !error)) continue;
    if (line.find("detected in the compilation") == std::string::npos) lines.push_back(line);
  }
  return lines.empty() ? std::vector{messages.substr(0, 400)} : lines;
}

GpuResult not_compiled(const std::string& messages) {
  return {.state = GpuResult::State::not_compiled, .lines = first_errors_of_nvcc(messages)};
}

// The last line that a program printed
std::string without_newline(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

GpuResult result_of(const Workshop& workshop, const Exercise& e, const CheckOptions& options) {
  const fs::path folder = workshop.folder_of(e) / "gpu";
  const Lock lock(folder);
  workshop.prepare_for_gpu(e);
  const Compiled compiled =
      workshop.compile_for_gpu(e, options.workbook / Book::stub_path(e), folder);
  if (!compiled.ok) return not_compiled(compiled.messages);
  const Linked worker = workshop.link_for_gpu(e, compiled.object, folder);
  if (!worker.ok) return not_compiled(worker.messages);

  const Completion asked = run({.arguments = {worker.program.string(), "--device"}, .wall = 60s});
  const std::string device = without_newline(asked.output);
  if (!asked.ok())
    return {.state = GpuResult::State::no_gpu,
            .device = device.empty() ? "it does not answer" : device};

  JudgeOptions judging = options.judging();
  judging.limits = kLimits;
  judging.on_gpu = true;
  GpuResult result = gpu_result(device, run_judge(workshop, e, worker.program, folder, judging));
  const auto failed = std::ranges::find_if_not(result.cases, &CaseResult::passed);
  if (failed != result.cases.end()) {
    const Failure failure = describe(*failed, e, options.seed);
    result.lines = failure.lines;
    result.lines.insert(result.lines.begin(), failure.title);
    result.lines.push_back("again: " + failure.again);
  }
  return result;
}

}  // namespace

std::optional<GpuResult> run_on_gpu(const Workshop& workshop, const Verdict& verdict,
                                    const CheckOptions& options) {
  const Exercise& e = *verdict.exercise;
  if (verdict.state != State::done || !options.only_test.empty() || !workshop.has_gpu(e))
    return std::nullopt;
  try {
    return result_of(workshop, e, options);
  } catch (const UserError& error) {  // the emulator's verdict stands all the same
    return GpuResult{.state = GpuResult::State::not_run,
                     .lines = first_errors_of_nvcc(error.what())};
  }
}

}  // namespace gradbook
