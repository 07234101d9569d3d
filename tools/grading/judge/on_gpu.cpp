#include "grading/judge/on_gpu.hpp"

#include <algorithm>

namespace gradbook {
namespace {

constexpr double kInFloat = 1 << 26;  // terms from which on a tolerance is for results in float
constexpr double kOtherRounding = 4;

bool not_known(const Observation& o) { return o.role == Role::only_emulated; }

}  // namespace

CaseRun expected_on_gpu(const CaseRun& student, const CaseRun& reference) {
  CaseRun expected = reference;
  for (const Observation& missing : student.stream) {
    if (!not_known(missing)) continue;
    const auto found = std::ranges::find_if(expected.stream, [&](const Observation& o) {
      return o.role == Role::observation && o.label == missing.label;
    });
    if (found != expected.stream.end()) expected.stream.erase(found);
  }
  for (Observation& o : expected.stream) {
    if (o.tolerance.terms >= kInFloat) o.tolerance.terms *= kOtherRounding;
  }
  return expected;
}

bool only_emulated(const CaseRun& student, const CaseRun& reference, bool judged) {
  if (student.malformed || student.how != "exit" || student.code != 0) return false;
  const auto missing = std::ranges::find_if(student.stream, not_known);
  if (missing == student.stream.end()) return false;
  if (student.stream.back().role == Role::only_emulated && student.stream.back().label.empty())
    return true;
  if (std::ranges::find(student.stream, Role::end, &Observation::role) == student.stream.end())
    return false;
  const CaseRun rest = expected_on_gpu(student, reference);
  return judged ||
         std::ranges::find(rest.stream, Role::observation, &Observation::role) == rest.stream.end();
}

}  // namespace gradbook
