/// @file
/// Who can take part: the rungs, cuBLAS, and those that cheat.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "09_cuda/benchmark.hpp"
#include "contest.hpp"

namespace gradbook::bench {

/// One that multiplies matrices of n × n.
struct Contender {
  std::string name;                    ///< as tables have it
  Numbers numbers = Numbers::float32;  ///< that it multiplies
  bool is_cublas = false;              ///< the others are compared with it
  /// Why it takes no part here, or not with matrices of this size; empty where it does.
  std::function<std::string(int n)> absent = [](int) { return std::string(); };
  /// Makes one for matrices of this size.
  std::function<std::unique_ptr<Candidate>(int n)> make;
};

/// All rungs of the ladder, and the kernel of 9.12.
std::vector<Contender> rungs_of_the_book();

/// NVIDIA's products, one for each kind of numbers; where the program was built without cuBLAS they
/// are absent.
std::vector<Contender> products_of_cublas();

/// A product for compute capability 9.0, by instructions that no other has; absent elsewhere.
Contender hopper_rung();

/// One that seems to be fast, and why it must be found out.
struct Cheat {
  Contender contender;                           ///< its name says what it does
  Finding expected = Finding::wrong_when_timed;  ///< what it must be found guilty of
};

/// One for each way to cheat that the harness knows, all on top of the naive rung.
std::vector<Cheat> cheats();

/// The naive rung: the one that cheats are built on.
std::unique_ptr<Candidate> naive_product(int n);

}  // namespace gradbook::bench
