#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <iterator>
#include <string>

#include "06_training/optimizers.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

std::string text(const WarmupCosine& s) {
  return fmt::format("peak {:.3}, floor {:.3}, warmup {}, total {}", s.peak, s.floor, s.warmup,
                     s.total);
}

void observe_rate(std::int64_t step, const WarmupCosine& schedule) {
  calling(fmt::format("learning_rate at step {} of {}", step, text(schedule)));
  observe(fmt::format("step {}, warmup {}, total {}", step, schedule.warmup, schedule.total),
          learning_rate(step, schedule), {.terms = 4, .scale = 1});
}

// The steps from `first` to `last` under schedules of several lengths, with drawn heights
void observe_rates(std::initializer_list<std::array<std::int64_t, 2>> warmups_and_totals,
                   std::int64_t first, std::int64_t last) {
  for (const auto& [warmup, total] : warmups_and_totals) {
    const WarmupCosine schedule{input("peak", draw(0.5, 1)), input("floor", draw(0.01, 0.2)),
                                warmup, total};
    for (std::int64_t step = first; step <= last; ++step) observe_rate(step, schedule);
  }
}

CASE(schedules, twenty_five_values, "a whole schedule, from before the peak to after the end",
     {.weight = 2}) {
  observe_rates({{5, 20}}, 0, 24);
}

CASE(schedules, rises,
     "it rises in a line: the first step has a share already, the last the peak") {
  observe_rates({{1, 10}, {2, 10}, {7, 10}, {13, 29}}, 0, 12);
}

CASE(schedules, falls, "from warmup to total it falls along half a cosine") {
  observe_rates({{0, 1}, {0, 2}, {0, 7}, {3, 11}, {4, 10}}, 4, 12);
}

CASE(schedules, no_warmup, "without warmup it starts at the peak") {
  observe_rates({{0, 1}, {0, 2}, {0, 13}}, 0, 3);
}

CASE(schedules, no_fall, "where warmup is total it is on the floor after the rise, and no NaN") {
  observe_rates({{0, 0}, {1, 1}, {5, 5}}, 0, 7);
}

CASE(schedules, after_the_end, "from total on it stays on the floor") {
  observe_rates({{0, 4}, {2, 5}, {3, 3}}, 5, 8);
  const WarmupCosine schedule{input("peak", draw(0.5, 1)), input("floor", draw(0.01, 0.2)), 2, 5};
  observe_rate(9, schedule);
  observe_rate(1'000'000, schedule);
}

CASE(schedules, any_heights, "a floor may be 0, the peak, or above it") {
  for (const auto& [peak, floor] : {std::array{1.0, 0.0}, {0.3, 0.3}, {0.1, 0.6}, {0.0, 0.5}}) {
    input("peak", peak);
    input("floor", floor);
    for (const std::int64_t step : {0, 1, 2, 3, 6, 8, 9}) {
      calling(fmt::format("learning_rate at step {}", step));
      observe(fmt::format("step {}, peak {}, floor {}", step, peak, floor),
              learning_rate(step, {peak, floor, 3, 9}), {.terms = 4, .scale = 1});
    }
  }
}

CASE(schedules, long_training, "millions of steps, where integers must not lose a digit") {
  const WarmupCosine schedule{input("peak", draw(0.5, 1)), input("floor", draw(0.01, 0.2)),
                              2'000'000'000, 5'000'000'000};
  for (const std::int64_t step : {0LL, 999'999'999LL, 1'999'999'999LL, 2'000'000'000LL,
                                  3'500'000'000LL, 4'999'999'999LL, 5'000'000'000LL})
    observe_rate(step, schedule);
}

CASE(schedules, errors, "a negative step or warmup and a total below warmup are refused") {
  const WarmupCosine fine{1, 0.1, 3, 9};
  observe_error("step -1", [&] { learning_rate(-1, fine); });
  observe_error("step 0", [&] { learning_rate(0, fine); });
  observe_error("warmup -1", [&] { learning_rate(2, {1, 0.1, -1, 9}); });
  observe_error("warmup -1, at the end", [&] { learning_rate(20, {1, 0.1, -1, 9}); });
  observe_error("total 2 below warmup 3", [&] { learning_rate(0, {1, 0.1, 3, 2}); });
  observe_error("total 2 below warmup 3, at the end", [&] { learning_rate(7, {1, 0.1, 3, 2}); });
  observe_error("total is warmup", [&] { learning_rate(0, {1, 0.1, 3, 3}); });
}

// LinearLR(start_factor=1/5, total_iters=4), then CosineAnnealingLR(T_max=15, eta_min=0.05), of
// PyTorch 1.13 at lr=0.8
PROOF(schedules, pytorch) {
  constexpr double kRates[] = {0.16000000000000003,
                               0.32000000000000006,
                               0.4800000000000001,
                               0.6400000000000001,
                               0.8000000000000002,
                               0.8,
                               0.7918053502751772,
                               0.7675795466159754,
                               0.7283813728906054,
                               0.675923977384572,
                               0.6125000000000002,
                               0.5408813728906054,
                               0.4641981737253702,
                               0.3858018262746301,
                               0.3091186271093948,
                               0.2375000000000001,
                               0.17407602261542832,
                               0.12161862710939476,
                               0.08242045338402465,
                               0.05819464972482287,
                               0.05,
                               0.05,
                               0.05,
                               0.05,
                               0.05};
  for (std::size_t step = 0; step < std::size(kRates); ++step)
    prove_close(fmt::format("step {}", step),
                learning_rate(static_cast<std::int64_t>(step), {0.8, 0.05, 5, 20}), kRates[step],
                5e-16);
}

PROOF(schedules, pieces_meet) {
  const WarmupCosine schedule{0.7, 0.1, 40, 120};
  prove(learning_rate(39, schedule) == 0.7, "the last step that rises has the peak");
  prove(learning_rate(40, schedule) == 0.7, "the cosine starts at the peak");
  prove_close("half way", learning_rate(80, schedule), 0.4, 1e-15);
  prove(learning_rate(120, schedule) == 0.1, "it ends on the floor");
  for (std::int64_t step = 41; step <= 120; ++step)
    prove(learning_rate(step, schedule) < learning_rate(step - 1, schedule),
          "it falls all the way");
}

}  // namespace
}  // namespace gradbook
