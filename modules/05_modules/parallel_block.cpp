#include "05_modules/parallel_block.hpp"

namespace gradbook {

Multiply::~Multiply() = default;
Multiply::Multiply() = default;
const char* Multiply::name() const { return "Multiply"; }

ParallelBlock::~ParallelBlock() = default;

ParallelBlock::ParallelBlock(std::size_t inputs, std::size_t outputs, Random& random)
    : left(inputs, outputs, random), right(inputs, outputs, random) {
  register_module("left", left);
  register_module("right", right);
  register_module("multiply", multiply);
  register_module("relu", relu);
}

const char* ParallelBlock::name() const { return "ParallelBlock"; }

}  // namespace gradbook
