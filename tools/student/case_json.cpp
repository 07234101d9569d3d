#include "student/case_json.hpp"

#include <nlohmann/json.hpp>

namespace gradbook {

nlohmann::json shown_as_json(const std::vector<CaseResult>& cases) {
  nlohmann::json list = nlohmann::json::array();
  for (const CaseResult& c : cases) {
    list.push_back({{"name", c.name},
                    {"state", c.state},
                    {"share", c.share},
                    {"weight", c.weight},
                    {"says", c.says},
                    {"call", c.call},
                    {"inputs", c.inputs},
                    {"label", c.label},
                    {"difference", c.difference},
                    {"expected", c.expected},
                    {"got", c.got},
                    {"largest_error", c.largest},
                    {"detail", c.detail}});
  }
  return list;
}

}  // namespace gradbook
