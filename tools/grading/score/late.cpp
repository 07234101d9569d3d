#include "grading/score/late.hpp"

#include <algorithm>

namespace gradbook {

int days_late(std::chrono::sys_seconds submitted, std::chrono::sys_seconds due) {
  const auto days = std::chrono::ceil<std::chrono::days>(submitted - due).count();
  return static_cast<int>(std::clamp<long long>(days, 0, 100'000));
}

double late_factor(const LatePolicy& policy, int days) {
  if (!policy.on || days <= 0) return 1;
  const auto day = static_cast<std::size_t>(days);
  return day <= policy.factors.size() ? policy.factors[day - 1] : 0;
}

std::vector<int> grace_days(const LatePolicy& policy, const std::vector<int>& days) {
  std::vector<int> used;
  int left = policy.on ? policy.grace_days : 0;
  for (const int late : days) {
    // The fewest days after which no further one of those left would help
    int best = 0;
    for (int k = 1; k <= std::min(left, late); ++k) {
      if (late_factor(policy, late - k) > late_factor(policy, late - best)) best = k;
    }
    used.push_back(best);
    left -= best;
  }
  return used;
}

}  // namespace gradbook
