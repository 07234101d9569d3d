#include "05_modules/sequential.hpp"

namespace gradbook {

Sequential::Sequential() = default;
Sequential::~Sequential() = default;

const char* Sequential::name() const { return "Sequential"; }

void Sequential::append(std::unique_ptr<Module> module) {
  register_module(std::to_string(modules_.size()), *module);
  modules_.push_back(std::move(module));
}

}  // namespace gradbook
