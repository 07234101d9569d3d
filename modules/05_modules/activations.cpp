#include "05_modules/activations.hpp"

namespace gradbook {

Tanh::~Tanh() = default;
Tanh::Tanh() = default;
const char* Tanh::name() const { return "Tanh"; }

ReLU::~ReLU() = default;
ReLU::ReLU() = default;
const char* ReLU::name() const { return "ReLU"; }

GELU::~GELU() = default;
GELU::GELU(Form form) : form_(form) {}
const char* GELU::name() const { return "GELU"; }

}  // namespace gradbook
