#include "grading/judge/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "grading/judge/results_json.hpp"

namespace gradbook {

State state_of(const std::vector<CaseResult>& cases) {
  // The gravest first
  static constexpr std::array<std::pair<const char*, State>, 6> kStates = {{
      {"lost", State::infrastructure},
      {"not started", State::not_started},
      {"crashed", State::crashed},
      {"timed out", State::timed_out},
      {"out of memory", State::out_of_memory},
      {"flood", State::too_much_output},
  }};
  for (const auto& [text, state] : kStates) {
    if (std::ranges::find(cases, text, &CaseResult::state) != cases.end()) return state;
  }
  return std::ranges::all_of(cases, &CaseResult::passed) ? State::done : State::wrong;
}

double share_of(const std::vector<CaseResult>& cases) {
  double earned = 0, total = 0;
  for (const CaseResult& c : cases) {
    earned += c.share * c.weight;
    total += c.weight;
  }
  return total > 0 ? earned / total : 1;
}

nlohmann::json to_json(const CaseResult& r) {
  return {{"name", r.name},
          {"state", r.state},
          {"share", r.share},
          {"weight", r.weight},
          {"says", r.says},
          {"detail", r.detail},
          {"call", r.call},
          {"inputs", r.inputs},
          {"label", r.label},
          {"difference", r.difference},
          {"expected", r.expected},
          {"got", r.got},
          {"largest", r.largest},
          {"printed", r.printed},
          {"shapes", r.shapes},
          {"observed", r.observed},
          {"cpu_seconds", r.cpu_seconds}};
}

CaseResult case_result_from(const nlohmann::json& json) {
  CaseResult r;
  json.at("name").get_to(r.name);
  json.at("state").get_to(r.state);
  json.at("share").get_to(r.share);
  json.at("weight").get_to(r.weight);
  json.at("says").get_to(r.says);
  json.at("detail").get_to(r.detail);
  json.at("call").get_to(r.call);
  json.at("inputs").get_to(r.inputs);
  json.at("label").get_to(r.label);
  json.at("difference").get_to(r.difference);
  json.at("expected").get_to(r.expected);
  json.at("got").get_to(r.got);
  json.at("largest").get_to(r.largest);
  json.at("printed").get_to(r.printed);
  json.at("shapes").get_to(r.shapes);
  json.at("observed").get_to(r.observed);
  json.at("cpu_seconds").get_to(r.cpu_seconds);
  return r;
}

std::vector<CaseResult> read_results(const fs::path& path) {
  try {
    std::vector<CaseResult> results;
    for (const auto& json : nlohmann::json::parse(read_file(path)))
      results.push_back(case_result_from(json));
    return results;
  } catch (const nlohmann::json::exception& error) {
    throw UserError(fmt::format("{} is no result of a judge: {}", path.string(), error.what()));
  }
}

}  // namespace gradbook
