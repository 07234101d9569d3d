/// @file
/// Judged cases as JSON. (Apart from results.hpp, for JSON is slow to parse.)
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "grading/judge/results.hpp"

namespace gradbook {

nlohmann::json to_json(const CaseResult& result);

/// @throws nlohmann::json::exception for what is none
CaseResult case_result_from(const nlohmann::json& json);

}  // namespace gradbook
