#include "bench/tables.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <thread>

namespace gradbook {

double load() {
  double average = 0;
  return getloadavg(&average, 1) == 1 ? average : 0;
}

std::string with_setting(std::string table, const Comparison& comparison, int turns) {
  std::string text = fmt::format(
      "\nMedian of {} turns, each program once a turn, with the least and "
      "the most of the ratios. ",
      turns);
  for (const auto& [name, version] : comparison.versions) {
    if (name == "gradbook" || table.find(name) != std::string::npos)
      text += fmt::format("{}: {}. ", name, version);
  }
  text += fmt::format("The machine's load was {:.0f} on {} cores. ", load(),
                      std::thread::hardware_concurrency());
  text.back() = '\n';
  return table + text;
}

std::string goal_text(double goal, double ratio) {
  if (goal == 0) return "";
  return fmt::format("{:g}{}", goal, ratio >= goal ? "" : ", missed");
}

}  // namespace gradbook
