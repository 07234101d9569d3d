#include "student/gpu_result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "student/case_json.hpp"

namespace gradbook {
namespace {

std::size_t passed(const GpuResult& r) {
  return static_cast<std::size_t>(std::ranges::count_if(r.cases, &CaseResult::passed));
}

const char* name(GpuResult::State state) {
  switch (state) {
    case GpuResult::State::passed:
      return "passed";
    case GpuResult::State::failed:
      return "failed";
    case GpuResult::State::not_compiled:
      return "not compiled";
    case GpuResult::State::no_gpu:
      return "no GPU";
    case GpuResult::State::not_run:
      return "not run";
  }
  return "";
}

std::string headline(const GpuResult& r) {
  switch (r.state) {
    case GpuResult::State::not_compiled:
      return "on a GPU: not run, for nvcc does not take your file. It costs no points.";
    case GpuResult::State::no_gpu:
      return fmt::format("on a GPU: not run, CUDA finds none ({})", r.device);
    case GpuResult::State::not_run:
      return "on a GPU: not run";
    default:
      break;
  }
  std::string text = fmt::format("on the GPU ({}): ", r.device);
  if (r.cases.empty()) return text + "no hidden case, for all ask what only the emulator knows";
  text += fmt::format("{} of {} hidden cases pass", passed(r), r.cases.size());
  if (r.only_emulated > 0)
    text += fmt::format("; {} more {} what only the emulator knows", r.only_emulated,
                        r.only_emulated == 1 ? "asks" : "ask");
  if (r.state == GpuResult::State::failed) text += ". It costs no points.";
  return text;
}

}  // namespace

GpuResult gpu_result(std::string device, const std::vector<CaseResult>& cases) {
  GpuResult r{.device = std::move(device)};
  for (const CaseResult& c : cases) {
    if (c.state == "only emulated") {
      ++r.only_emulated;
    } else {
      r.cases.push_back(c);
    }
  }
  if (passed(r) < r.cases.size()) r.state = GpuResult::State::failed;
  return r;
}

std::vector<std::string> to_lines(const GpuResult& result) {
  std::vector<std::string> lines = {headline(result)};
  for (const std::string& line : result.lines) lines.push_back("  " + line);
  return lines;
}

nlohmann::json to_json(const GpuResult& result) {
  return {{"state", name(result.state)},
          {"device", result.device},
          {"passed", passed(result)},
          {"of", result.cases.size()},
          {"only_emulated", result.only_emulated},
          {"says", headline(result)},
          {"lines", result.lines},
          {"hidden", shown_as_json(result.cases)}};
}

}  // namespace gradbook
