#include "grading/unit/unit.hpp"

#include <nlohmann/json.hpp>

#include "grading/judge/results_json.hpp"

namespace gradbook {

std::string to_text(const UnitResult& result) {
  nlohmann::json cases = nlohmann::json::array();
  for (const CaseResult& c : result.cases) cases.push_back(to_json(c));
  return nlohmann::json{{"state", name(result.state)}, {"share", result.share},
                        {"messages", result.messages}, {"cases", cases},
                        {"seconds", result.seconds},   {"judged_seconds", result.judged_seconds}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

UnitResult unit_result_from(const std::string& text) {
  try {
    const auto json = nlohmann::json::parse(text);
    UnitResult result;
    result.state = state_named(json.at("state").get<std::string>()).value();
    json.at("share").get_to(result.share);
    json.at("messages").get_to(result.messages);
    for (const auto& one : json.at("cases")) result.cases.push_back(case_result_from(one));
    json.at("seconds").get_to(result.seconds);
    json.at("judged_seconds").get_to(result.judged_seconds);
    return result;
  } catch (const std::exception& error) {
    throw UserError(std::string("a row of the journal is damaged: ") + error.what());
  }
}

}  // namespace gradbook
