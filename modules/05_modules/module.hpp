/// @file
/// A network as a graph of modules: each knows its forward and its backward step, and a tape
/// remembers in which order they were applied.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "05_modules/product.hpp"

namespace gradbook {

class Module;
class Parameter;

/// What went into a module: the outputs of others.
class InTensors {
 public:
  /// Of these modules, which outlive it.
  explicit InTensors(const std::vector<Module*>& modules) : modules_(modules) {}

  /// How many there are.
  std::size_t size() const { return modules_.size(); }

  /// The output of the i-th.
  const Matrix& operator[](std::size_t i) const;

 private:
  const std::vector<Module*>& modules_;
};

/// What a module's backward computes: a gradient for each input that wants one.
class Gradients {
 public:
  /// Of a module with these inputs, which outlive it. @throws ModuleError  for more than 8 of them
  explicit Gradients(const std::vector<Module*>& inputs);

  /// Whether anybody needs the gradient by input i: what is computed else is thrown away.
  bool wanted(std::size_t i) const;

  /// The gradient by input i; without elements until backward sets it.
  Matrix& operator[](std::size_t i) { return grads_.at(i); }

 private:
  static constexpr std::size_t kMostInputs = 8;
  const std::vector<Module*>& inputs_;
  std::array<Matrix, kMostInputs> grads_;
};

/// A parameter with its place in the tree of modules: "0.weight".
struct NamedParameter {
  std::string name;      ///< the names on the way to it, with dots between
  Parameter* parameter;  ///< whose module owns it
};

/// A step of a network that computes a matrix out of matrices.
///
/// It keeps its inputs and its output until the next forward pass, so it can be applied once in
/// each. Modules are where others point to: they are neither copied nor moved.
/// @see  [GenAI], "module-based automatic differentiation"
class Module {
 public:
  Module();
  virtual ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  /// What messages call it, such as "Linear".
  virtual const char* name() const = 0;

  /// b = f(a). Modules that only put others together have none.
  /// @throws ShapeError  where the inputs do not fit, with the name and the shapes
  virtual Matrix forward(const InTensors& in);

  /// ∇_a J of ∇_b J, for every input that wants it.
  /// @param in        what forward got
  /// @param out       what forward returned
  /// @param grad_out  of the same shape
  /// @param grad_in   where the gradients go, grad_in[i] of the shape of in[i]
  virtual void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                        Gradients& grad_in);

  // ---- exercise 5.7 -----------------------------------------------------------------------------

  /// Pushes this module onto the tape, remembers `in`, forgets the gradient of the pass before,
  /// notes whether any input wants a gradient, and computes out_tensor.
  /// @param in  what goes in, in the order of forward's inputs; one may occur several times
  /// @returns   this module, to be the input of the next
  /// @throws TapeError  where it is on the tape already: it keeps one output, and has been applied
  ///                    in this pass. Nothing has changed then
  Module& apply_fwd(std::initializer_list<Module*> in);

  /// Calls backward, and adds what it gives to the out_gradient of each input that wants one.
  /// @throws TapeError   before apply_fwd, and where there is no out_gradient
  /// @throws ShapeError  where backward gives such an input a gradient of another shape than the
  ///                     input's, or none: "Softmax: backward gave input 0 of shape (7, 3) a
  ///                     gradient of shape (3, 7)"
  void apply_bwd();

  // ---- exercise 5.9 -----------------------------------------------------------------------------

  /// The parameters of this module and of all within, in the order in which they were registered,
  /// a module's own before its children's. One that is reached twice is listed once, under the
  /// first name.
  std::vector<NamedParameter> named_parameters();

  /// Says to this module and to all within whether they are being trained.
  void train(bool training = true);

  // ---- given ------------------------------------------------------------------------------------

  /// The parameters without their names.
  std::vector<Parameter*> parameters();

  /// The same as train(false).
  void eval() { train(false); }

  /// Whether it is being trained; true until somebody says otherwise.
  bool training() const { return training_; }

  /// Forgets the gradients of all parameters, so that the next backward pass starts anew.
  void zero_grad();

  /// Applies it: apply_fwd with its parameters as further inputs, or what is within, one after the
  /// other. @returns  the module whose out_tensor is the result
  virtual Module& operator()(Module& x);

  /// Whether there is a gradient by its output: one with elements, and of its shape.
  bool has_gradient() const {
    return out_gradient.size() > 0 && out_gradient.shape() == out_tensor.shape();
  }

  /// Whether a gradient by its output is of any use: a parameter lies below.
  bool wants_gradient() const { return wants_gradient_; }

  std::vector<Module*> in_modules;  ///< whose outputs went in
  Matrix out_tensor;                ///< b
  Matrix out_gradient;              ///< ∇_b J, without elements until backward adds to it

 protected:
  /// Makes a member that is a parameter known under this name. @throws ModuleError  where the name
  /// is taken, is empty or has a dot
  void register_parameter(const std::string& name, Parameter& parameter);

  /// Makes a member that is a module known under this name. @throws ModuleError  as above
  void register_module(const std::string& name, Module& module);

  bool wants_gradient_ = false;  ///< see wants_gradient()

 private:
  friend class ModuleTape;

  struct Child {
    std::string name;
    Module* module;
  };
  void check_name(const std::string& name) const;

  std::vector<NamedParameter> own_parameters_;
  std::vector<Child> children_;
  bool training_ = true;
  bool on_tape_ = false;
};

/// Numbers that go into a network.
class Input final : public Module {
 public:
  ~Input() override;

  /// @param value           (N, D)
  /// @param wants_gradient  whether backward computes the gradient by it, too
  explicit Input(Matrix value, bool wants_gradient = false);

  /// "Input".
  const char* name() const override;
};

/// Numbers that are learnt.
class Parameter final : public Module {
 public:
  ~Parameter() override;

  /// @param value  (M, N); a list is a matrix of one row
  explicit Parameter(Matrix value);

  /// "Parameter".
  const char* name() const override;

  /// The numbers.
  Matrix& value() { return out_tensor; }

  /// The gradient of the loss by them, added up over all uses since zero_grad; ask has_gradient()
  /// first.
  Matrix& grad() { return out_gradient; }
};

/// Something is done with the tape that cannot be.
class TapeError : public Error {
 public:
  using Error::Error;
  ~TapeError() override;
};

/// A module is put together in a way that does not work.
class ModuleError : public Error {
 public:
  using Error::Error;
  ~ModuleError() override;
};

/// The modules that were applied in this forward pass, the last on top: a stack.
class ModuleTape {
 public:
  /// Puts a module on top, unless a NoTape is alive.
  /// @throws TapeError  where it is there already
  void push(Module& module);

  /// Takes the module on top away. @throws TapeError  where there is none
  Module& pop();

  /// Whether there is none.
  bool empty() const { return modules_.empty(); }

  /// How many there are.
  std::size_t size() const { return modules_.size(); }

  /// Whether this one is among them.
  bool has(const Module& module) const { return module.on_tape_; }

  /// Forgets them all: the end of a forward pass that gets no backward pass.
  void clear();

  /// Forgets them all where one of them is, or reads, a module that is about to be gone: what is
  /// left could not be run backward. So a pass that an error ended does not stand in the way of the
  /// next.
  void forget(const Module& gone);

 private:
  friend class NoTape;
  std::vector<Module*> modules_;
  int off_ = 0;  // how many NoTapes are alive
};

/// The only one.
ModuleTape& tape();

// ---- exercise 5.7 -------------------------------------------------------------------------------

/// Takes module after module from the tape, the last first, and calls apply_bwd of those that got a
/// gradient. Afterwards the tape is empty.
///
/// Set the out_gradient of the loss to 1 before, or call backward(loss).
void tape_bwd();

// ---- given --------------------------------------------------------------------------------------

/// The gradients of `loss`, a matrix (1, 1), by all parameters and inputs that want one.
/// @throws TapeError   where it is not on the tape
/// @throws ShapeError  where it is no single number
void backward(Module& loss);

/// As long as one is alive, nothing is pushed onto the tape: for evaluation.
class NoTape {
 public:
  NoTape();
  ~NoTape();
  NoTape(const NoTape&) = delete;
  NoTape& operator=(const NoTape&) = delete;
};

}  // namespace gradbook
