/// @file
/// Judged cases as `--json` shows them, wherever they ran.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "grading/judge/results.hpp"

namespace gradbook {

/// A list with an object for each case; its keys are stable.
nlohmann::json shown_as_json(const std::vector<CaseResult>& cases);

}  // namespace gradbook
