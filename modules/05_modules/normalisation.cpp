#include "05_modules/normalisation.hpp"

namespace gradbook {
namespace {

Matrix row_of(std::size_t width, Real number) {
  auto row = Matrix::from_shape({1, width});
  row.fill(number);
  return row;
}

}  // namespace

LayerNorm::~LayerNorm() = default;

LayerNorm::LayerNorm(std::size_t width, double epsilon)
    : weight(row_of(width, 1)), bias(row_of(width, 0)), epsilon_(epsilon) {
  register_parameter("weight", weight);
  register_parameter("bias", bias);
}

const char* LayerNorm::name() const { return "LayerNorm"; }
Module& LayerNorm::operator()(Module& x) { return apply_fwd({&x, &weight, &bias}); }

RMSNorm::~RMSNorm() = default;

RMSNorm::RMSNorm(std::size_t width, double epsilon) : weight(row_of(width, 1)), epsilon_(epsilon) {
  register_parameter("weight", weight);
}

const char* RMSNorm::name() const { return "RMSNorm"; }
Module& RMSNorm::operator()(Module& x) { return apply_fwd({&x, &weight}); }

}  // namespace gradbook
