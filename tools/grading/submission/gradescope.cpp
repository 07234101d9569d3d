#include "grading/submission/gradescope.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "grading/submission/found.hpp"
#include "grading/submission/names.hpp"
#include "grading/submission/time_text.hpp"

namespace gradbook {
namespace {

// The lines of the names of folders, and of what is needed of each
std::string needed_lines(std::string_view yaml) {
  std::string result;
  bool needed = true;
  while (!yaml.empty()) {
    const std::size_t end = std::min(yaml.find('\n'), yaml.size() - 1) + 1;
    const std::string_view line = yaml.substr(0, end);
    yaml.remove_prefix(end);
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == 0) {
      // A list may stand as far left as its key
      if (!line.starts_with('-') || line.starts_with("---")) needed = true;
    } else if (indent == 2 && line[2] != '-') {
      std::string_view key = line.substr(2);
      if (key.starts_with(':')) key.remove_prefix(1);
      needed = key.starts_with("submitters:") || key.starts_with("created_at:");
    }
    if (needed) result += line;
  }
  return result;
}

// The value of ":key" or "key"; an undefined node where there is none
YAML::Node at(const YAML::Node& map, const std::string& key) {
  if (!map.IsMap()) return YAML::Node(YAML::NodeType::Undefined);
  const YAML::Node ruby = map[":" + key];
  return ruby ? ruby : map[key];
}

std::string text(const YAML::Node& node) { return node && node.IsScalar() ? node.Scalar() : ""; }

GradescopeSubmission submission_of(const YAML::Node& node) {
  GradescopeSubmission result;
  if (const YAML::Node submitters = at(node, "submitters"); submitters && submitters.IsSequence()) {
    for (const YAML::Node& one : submitters) {
      Identity who;
      who.name = text(at(one, "name"));
      who.email = text(at(one, "email"));
      who.student = text(at(one, "sid"));
      if (who.student.empty()) who.student = who.email;
      if (who.student.empty()) who.student = who.name;
      if (!who.student.empty()) result.submitters.push_back(std::move(who));
    }
  }
  // A time, or in older downloads a map of what Ruby knows of it
  const YAML::Node created = at(node, "created_at");
  if (created) result.created_at = time_of(text(created.IsMap() ? at(created, "utc") : created));
  return result;
}

}  // namespace

std::map<std::string, GradescopeSubmission> read_gradescope(std::string_view yaml) {
  try {
    const YAML::Node all = YAML::Load(needed_lines(yaml));
    if (!all.IsMap()) throw ReadFault("lists no submissions");
    std::map<std::string, GradescopeSubmission> result;
    for (const auto& one : all) {
      if (one.first.IsScalar()) result[one.first.Scalar()] = submission_of(one.second);
    }
    return result;
  } catch (const YAML::Exception& error) {
    throw ReadFault(fmt::format("is no YAML that can be read ({})", spelled_out(error.what())));
  }
}

}  // namespace gradbook
