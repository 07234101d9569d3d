#include "instructor/unit_keys.hpp"

#include <fmt/format.h>

#include "grading/build/fingerprint.hpp"

namespace gradbook {

UnitKeys::UnitKeys(const Workshop& workshop, std::span<const Exercise* const> exercises,
                   const GradingRules& rules, Level level) {
  const std::string all = fmt::format("{} {} {} {} {} {} {}", rules.seed, rules.limits.cpu_seconds,
                                      rules.limits.wall_seconds, rules.memory_mib, rules.processes,
                                      rules.audit, level_name(level));
  for (const Exercise* e : exercises)
    fingerprints_[e->id] = fmt::format("{} {} {}", e->id, fingerprint(workshop, *e), all);
}

std::string UnitKeys::of(const std::string& exercise, std::string_view bytes) const {
  return digest(fingerprints_.at(exercise) + digest(bytes));
}

}  // namespace gradbook
