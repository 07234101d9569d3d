// One die at three temperatures: what followed "cows eat" in the lecture, eleven times.
#include <array>
#include <cmath>

#include "07_language_models/sampling.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

struct Follower {
  const char* word;
  double count;
};
constexpr std::array<Follower, 5> kFollowers = {
    {{"corn", 4}, {"grass", 3}, {"hay", 2}, {"if", 1}, {"which", 1}}};

// One line a word: its shares at temperatures ½, 1 and 2
void draw(const std::filesystem::path& folder) {
  std::vector<Real> logits;
  for (const Follower& follower : kFollowers)
    logits.push_back(static_cast<Real>(std::log(follower.count)));
  const auto cold = die(logits, {.temperature = 0.5}), warm = die(logits, {}),
             hot = die(logits, {.temperature = 2});
  std::string table = "word\t0.5\t1\t2\n";
  for (std::size_t i = 0; i < kFollowers.size(); ++i)
    table += fmt::format("{}\t{}\t{}\t{}\n", kFollowers[i].word, cold[i], warm[i], hot[i]);
  write_output(folder / "temperature.tsv", table);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
