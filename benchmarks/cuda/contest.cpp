// Lets contenders take part one after the other, by the reader's own harness (9.15).
#include "contest.hpp"

#include <map>
#include <utility>

#include "contenders.hpp"
#include "device.hpp"
#include "square_product.hpp"

namespace gradbook::bench {
namespace {

// The products of cuBLAS come first: shares of the others are of these
std::vector<Contender> everyone() {
  std::vector<Contender> all = products_of_cublas();
  for (Contender& rung : rungs_of_the_book()) all.push_back(std::move(rung));
  all.push_back(hopper_rung());
  return all;
}

Row row_of(const Contender& contender, int size, const SquareProduct& problem) {
  Row row{.rung = contender.name,
          .size = size,
          .numbers = contender.numbers,
          .is_cublas = contender.is_cublas,
          .absent = contender.absent(size)};
  if (!row.absent.empty()) return row;
  const BenchmarkPlan plan = plan_for(size);
  const auto watch = stopwatch();
  const auto candidate = contender.make(size);
  const BenchmarkResult result = benchmark(*candidate, problem, *watch, plan);
  row.finding = why_not(result);
  row.median_ms = result.median_ms;
  row.min_ms = result.min_ms;
  if (result.median_ms > 0)
    row.roof = share_of_card(contender.numbers, size, result.median_ms / 1e3);
  Random random(plan.seed);
  if (!is_for_gpu()) row.counts = count(*candidate, problem.ask(random));
  return row;
}

}  // namespace

std::vector<std::string> rung_names() {
  std::vector<std::string> names;
  for (const Contender& contender : everyone()) names.push_back(contender.name);
  return names;
}

std::vector<std::string> cheat_names() {
  std::vector<std::string> names;
  for (const Cheat& cheat : cheats()) names.push_back(cheat.contender.name);
  return names;
}

void compete(int size, const std::string& planted, const std::function<void(const Row&)>& done) {
  std::vector<Contender> all = everyone();
  for (const Cheat& cheat : cheats())
    if (cheat.contender.name == planted) all.push_back(cheat.contender);
  for (const Numbers numbers : {Numbers::float32, Numbers::float16, Numbers::bfloat16}) {
    const SquareProduct problem(size, numbers);
    for (const Contender& contender : all)
      if (contender.numbers == numbers) done(row_of(contender, size, problem));
  }
}

void try_cheats(const std::string& accused, const std::function<void(const Trial&)>& done) {
  std::vector<Cheat> all = cheats();
  for (const Contender& rung : everyone())
    if (rung.name == accused) all.push_back({rung, Finding::wrong_when_timed});
  const int size = size_of_trials();
  std::map<Numbers, SquareProduct> problems;
  for (const Cheat& cheat : all) {
    const Numbers numbers = cheat.contender.numbers;
    const SquareProduct& problem = problems.try_emplace(numbers, size, numbers).first->second;
    const auto watch = stopwatch();
    const auto candidate = cheat.contender.make(size);
    const BenchmarkResult result = benchmark(*candidate, problem, *watch, plan_for(size));
    done({.cheat = cheat.contender.name,
          .finding = why_not(result),
          .caught = result.finding == cheat.expected});
  }
}

}  // namespace gradbook::bench
