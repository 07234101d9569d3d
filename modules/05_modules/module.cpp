#include "05_modules/module.hpp"

#include <algorithm>
#include <utility>

namespace gradbook {

Module::Module() { tape(); }  // so that the tape is there as long as any module
Module::~Module() { tape().forget(*this); }
Input::~Input() = default;
Parameter::~Parameter() = default;
TapeError::~TapeError() = default;
ModuleError::~ModuleError() = default;

const Matrix& InTensors::operator[](std::size_t i) const { return modules_.at(i)->out_tensor; }

Gradients::Gradients(const std::vector<Module*>& inputs) : inputs_(inputs) {
  if (inputs.size() > kMostInputs)
    throw ModuleError("a module has at most ", kMostInputs, " inputs, not ", inputs.size());
}

bool Gradients::wanted(std::size_t i) const { return inputs_.at(i)->wants_gradient(); }

Matrix Module::forward(const InTensors&) {
  throw ModuleError(name(), " computes nothing by itself: apply it to an input, as in model(x)");
}

void Module::backward(const InTensors&, const Matrix&, const Matrix&, Gradients&) {
  throw ModuleError(name(), " computes nothing by itself, and has no backward");
}

Module& Module::operator()(Module& x) { return apply_fwd({&x}); }

std::vector<Parameter*> Module::parameters() {
  std::vector<Parameter*> all;
  for (const NamedParameter& named : named_parameters()) all.push_back(named.parameter);
  return all;
}

void Module::zero_grad() {
  for (Parameter* parameter : parameters()) parameter->grad() = Matrix();
}

void Module::check_name(const std::string& name) const {
  if (name.empty() || name.find('.') != std::string::npos)
    throw ModuleError(this->name(), ": \"", name, "\" is no name for what is within it");
  const auto has_it = [&](const auto& other) { return other.name == name; };
  if (std::ranges::any_of(own_parameters_, has_it) || std::ranges::any_of(children_, has_it))
    throw ModuleError(this->name(), ": there are two things named \"", name, "\" in it");
}

void Module::register_parameter(const std::string& name, Parameter& parameter) {
  check_name(name);
  own_parameters_.push_back({name, &parameter});
}

void Module::register_module(const std::string& name, Module& module) {
  check_name(name);
  if (&module == this) throw ModuleError(this->name(), ": it cannot be within itself");
  children_.push_back({name, &module});
}

Input::Input(Matrix value, bool wants_gradient) {
  out_tensor = std::move(value);
  wants_gradient_ = wants_gradient;
}

const char* Input::name() const { return "Input"; }

Parameter::Parameter(Matrix value) {
  out_tensor = std::move(value);
  wants_gradient_ = true;
}

const char* Parameter::name() const { return "Parameter"; }

void ModuleTape::push(Module& module) {
  if (module.on_tape_)
    throw TapeError(module.name(),
                    ": applied twice in one forward pass, and it keeps one output; "
                    "use another module, or call tape_bwd() or tape().clear() in between");
  if (off_ > 0) return;
  modules_.push_back(&module);
  module.on_tape_ = true;
}

Module& ModuleTape::pop() {
  if (modules_.empty()) throw TapeError("tape: there is nothing on it; was anything applied?");
  Module& module = *modules_.back();
  modules_.pop_back();
  module.on_tape_ = false;
  return module;
}

void ModuleTape::clear() {
  for (Module* module : modules_) module->on_tape_ = false;
  modules_.clear();
}

void ModuleTape::forget(const Module& gone) {
  const auto needs_it = [&](const Module* module) {
    return module == &gone ||
           std::ranges::find(module->in_modules, &gone) != module->in_modules.end();
  };
  if (std::ranges::any_of(modules_, needs_it)) clear();
}

ModuleTape& tape() {
  static ModuleTape the_tape;
  return the_tape;
}

NoTape::NoTape() { ++tape().off_; }
NoTape::~NoTape() { --tape().off_; }

void backward(Module& loss) {
  if (!tape().has(loss))
    throw TapeError("backward: ", loss.name(),
                    " is not on the tape: was it applied, without a NoTape, and has no backward "
                    "pass run since?");
  if (loss.out_tensor.shape(0) != 1 || loss.out_tensor.shape(1) != 1)
    throw ShapeError("backward: ", loss.name(), " of shape ", shape_of(loss.out_tensor),
                     " is no single number, so it is no loss");
  loss.out_gradient = xt::ones<Real>({1, 1});
  tape_bwd();
}

}  // namespace gradbook
