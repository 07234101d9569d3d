// What two runs on a longer text have measured: they take longer than a figure may. The numbers
// were written down from lm_curves.tsv, which `./gradbook run 07 --corpus` leaves, preset fast.
#include <span>
#include <string>

#include "figures/output.hpp"

namespace gradbook {
namespace {

// One pass: bits per character of the training text and of the held-out text
struct Pass {
  int number;
  double training, held_out;
};

constexpr double kMinutes = 13;   // that either run was given
constexpr double kNgram = 2.408;  // bits of the best n-gram on the held-out text

constexpr Pass kRnn[] = {
    {1, 4.434, 3.402},   {4, 2.562, 2.607},   {8, 2.286, 2.415},   {12, 2.212, 2.373},
    {16, 2.182, 2.355},  {20, 2.168, 2.345},  {24, 2.156, 2.339},  {28, 2.152, 2.332},
    {32, 2.145, 2.329},  {36, 2.140, 2.322},  {40, 2.136, 2.324},  {44, 2.132, 2.311},
    {48, 2.128, 2.316},  {52, 2.125, 2.307},  {56, 2.121, 2.305},  {60, 2.118, 2.294},
    {64, 2.114, 2.292},  {68, 2.109, 2.286},  {72, 2.105, 2.286},  {76, 2.100, 2.281},
    {80, 2.094, 2.276},  {84, 2.091, 2.269},  {88, 2.086, 2.271},  {92, 2.084, 2.258},
    {96, 2.078, 2.256},  {100, 2.075, 2.256}, {104, 2.070, 2.252}, {108, 2.067, 2.253},
    {112, 2.064, 2.250}, {116, 2.060, 2.251}, {120, 2.057, 2.246}, {124, 2.055, 2.244},
    {128, 2.052, 2.240}, {132, 2.052, 2.241}, {136, 2.048, 2.239}, {140, 2.048, 2.238},
    {144, 2.048, 2.238}, {148, 2.047, 2.236}};

constexpr Pass kGru[] = {
    {1, 4.178, 3.126},  {2, 2.906, 2.687},  {4, 2.398, 2.408},  {6, 2.263, 2.318},
    {8, 2.204, 2.279},  {10, 2.170, 2.256}, {12, 2.146, 2.250}, {14, 2.127, 2.235},
    {16, 2.115, 2.220}, {18, 2.102, 2.216}, {20, 2.094, 2.209}, {22, 2.084, 2.204},
    {24, 2.076, 2.210}, {26, 2.067, 2.201}, {28, 2.062, 2.195}, {30, 2.052, 2.189},
    {32, 2.048, 2.184}, {34, 2.040, 2.185}, {36, 2.034, 2.181}, {38, 2.026, 2.177},
    {40, 2.022, 2.173}, {42, 2.015, 2.169}, {44, 2.010, 2.165}, {46, 2.005, 2.160},
    {48, 1.998, 2.158}, {50, 1.995, 2.159}, {52, 1.990, 2.156}, {54, 1.985, 2.153},
    {56, 1.982, 2.147}, {58, 1.979, 2.146}, {60, 1.975, 2.146}, {62, 1.973, 2.144},
    {64, 1.970, 2.146}, {66, 1.969, 2.144}, {68, 1.968, 2.144}, {70, 1.967, 2.143}};

void append(std::string& table, std::span<const Pass> passes) {
  for (const Pass& pass : passes)
    table += fmt::format("{:.2f}\t{}\t{}\t{}\n", kMinutes * pass.number / passes.back().number,
                         pass.training, pass.held_out, kNgram);
}

void draw(const std::filesystem::path& folder) {
  std::string table;
  append(table, kRnn);
  table += "\n\n";
  append(table, kGru);
  write_output(folder / "longer_text.tsv", table);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
