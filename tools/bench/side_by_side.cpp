#include "bench/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <tuple>

#include "grading/build/preset.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

double Comparison::median(const std::string& name, const std::string& benchmark) const {
  const auto contender = results.find(name);
  if (contender == results.end() || !contender->second.count(benchmark)) return 0;
  return median_of(contender->second.at(benchmark).rates);
}

Ratio Comparison::ratio(const Line& line) const {
  Ratio ratio{.ours = median(line.our_name, line.our_benchmark),
              .theirs = median(line.their_name, line.their_benchmark)};
  if (ratio.ours == 0 || ratio.theirs == 0) return {};
  const Measured& a = results.at(line.our_name).at(line.our_benchmark);
  const Measured& b = results.at(line.their_name).at(line.their_benchmark);
  std::vector<double> ratios;
  for (std::size_t turn = 0; turn < std::min(a.rates.size(), b.rates.size()); ++turn)
    ratios.push_back(a.rates[turn] / b.rates[turn]);
  ratio.median = median_of(ratios);
  std::tie(ratio.least, ratio.most) = std::pair(std::ranges::min(ratios), std::ranges::max(ratios));
  ratio.same = std::abs(a.checksum - b.checksum) <= line.agree * std::abs(b.checksum);
  return ratio;
}

int Comparison::print(const std::vector<Line>& lines) const {
  int status = 0;
  for (const Line& line : lines) {
    const Ratio r = ratio(line);
    if (r.median == 0) {
      fmt::print("  {:<42} not measured\n", line.what);
      continue;
    }
    const bool many = r.theirs >= 1e5;
    const double unit = many ? 1e6 : 1;
    fmt::print("  {:<50} {:8.2f} {}/s  {:8.2f} {}/s  ratio {:7.2f} ({:.2f} to {:.2f}){}{}\n",
               line.what, r.ours / unit, many ? "M" : "", r.theirs / unit, many ? "M" : "",
               r.median, r.least, r.most,
               line.goal > 0 ? fmt::format(", goal {:g}: {}", line.goal,
                                           r.median >= line.goal ? "reached" : "MISSED")
                             : "",
               r.same ? ""
                      : fmt::format("; CHECKSUMS DIFFER: {} and {}",
                                    results.at(line.our_name).at(line.our_benchmark).checksum,
                                    results.at(line.their_name).at(line.their_benchmark).checksum));
    if (!r.same || (line.goal > 0 && r.median < line.goal)) status = 1;
  }
  for (const auto& [name, version] : versions) fmt::print("  {}: {}\n", name, version);
  return status;
}

Comparison run_in_turn(const std::vector<Contender>& contenders, int turns) {
  Comparison comparison;
  for (int turn = 0; turn < turns; ++turn) {
    for (const Contender& contender : contenders) {
      // With these set, OpenBLAS does not choose its kernels by the processor
      Command command{.arguments = {"env", "-u", "OPENBLAS_CORETYPE", "-u", "OPENBLAS_L2_SIZE"}};
      command.arguments.insert(command.arguments.end(), contender.command.begin(),
                               contender.command.end());
      command.output_cap = 1 << 20;
      const Completion completion = run(command);
      const std::size_t begin = completion.output.find("\n{") == std::string::npos
                                    ? completion.output.find('{')
                                    : completion.output.find("\n{");
      const auto json =
          begin == std::string::npos
              ? nlohmann::json(nlohmann::json::value_t::discarded)
              : nlohmann::json::parse(completion.output.substr(begin), nullptr, false);
      if (!completion.ok() || json.is_discarded()) {
        if (turn == 0) fmt::print("  {} is not there: not measured\n", contender.name);
        continue;
      }
      const auto& context = json.at("context");
      comparison.versions[contender.name] =
          context.value("engine", "") + " " + context.value("version", "") +
          (context.contains("num_cpus")
               ? fmt::format(", {} cores, threads: {}", context.at("num_cpus").get<int>(),
                             context.value("threads", "1"))
               : "");
      for (const auto& benchmark : json.at("benchmarks")) {
        std::string name = benchmark.at("name").get<std::string>();
        name.resize(
            std::min(name.size(), name.find("/real_time")));  // where it is not this thread's
        Comparison::Measured& measured = comparison.results[contender.name][name];
        if (!benchmark.value("error_occurred", false))
          measured.rates.push_back(
              benchmark.at(benchmark.contains("rate") ? "rate" : "nodes_per_second").get<double>());
        measured.checksum = benchmark.value("checksum", 0.0);
        measured.allocations = std::max(measured.allocations, benchmark.value("allocations", 0.0));
      }
    }
  }
  return comparison;
}

fs::path build_fast(const fs::path& root, const std::vector<std::string>& targets) {
  const fs::path build = configured(root, "fast");
  for (const std::string& target : targets) {
    const Completion built = run({.arguments = {"ninja", "-C", build.string(), target}});
    if (built.ok() || built.output.find("unknown target") != std::string::npos) continue;
    throw UserError(fmt::format("{} does not build:\n{}", target, built.output.substr(0, 3000)));
  }
  return build;
}

}  // namespace gradbook
