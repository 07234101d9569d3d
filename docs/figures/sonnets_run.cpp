// What a run on the Sonnets has measured, as the table that the module's own program leaves.
#include "figures/sonnets_run.hpp"

#include <string>

#include "figures/output.hpp"

namespace gradbook {
namespace {

void draw(const std::filesystem::path& folder) {
  std::string table = "pass\ttraining\theld_out\tngram\tnorm\n";
  for (const MeasuredPass& pass : kSonnetsRun)
    table += fmt::format("{}\t{}\t{}\t{}\t{}\n", pass.number, pass.training, pass.held_out,
                         pass.ngram, pass.norm);
  write_output(folder / "lm_curves.tsv", table);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
