/// @file
/// An array that remembers how it was computed, and so can say how a result changes with it.
#pragma once

#include <utility>
#include <vector>

#include "00_course/function_ref.hpp"
#include "03_tensor/array.hpp"

namespace gradbook {

class Context;
class Tensor;
struct Function;
struct Variable;

/// A gradient that cannot be had: of a result that remembers nothing, a second time from a graph
/// that was given back, from a tensor that was overwritten.
class GradientError : public Error {
 public:
  using Error::Error;
  ~GradientError() override;
};

/// The arguments of a function.
using Inputs = std::span<const Tensor>;

/// An array that remembers how it was computed, as PyTorch's Tensor does:
///
///     Tensor w({2, 1}, {0.5, -1}, true);   // true: it requires a gradient
///     Tensor loss = mean(pow(matmul(x, w) - y, 2));
///     loss.backward();
///     w.grad();                            // d(loss)/d(w), shape (2, 1)
///
/// It is a handle: copies share numbers and history. Numbers and arrays convert to tensors that
/// require no gradient, so they may stand on either side of every operator.
class Tensor {
 public:
  /// Without elements, of shape (0).
  Tensor() = default;
  /// One number, of rank 0.
  Tensor(Real value);  // NOLINT: numbers convert
  /// These numbers, which are not copied.
  Tensor(Array value, bool requires_grad = false);  // NOLINT: arrays convert
  /// These numbers in row-major order. @throws ShapeError where their count is not that of the
  /// shape
  Tensor(const Shape& shape, std::initializer_list<Real> values, bool requires_grad = false)
      : Tensor(Array(shape, values), requires_grad) {}

  /// Another handle.
  Tensor(const Tensor& other);
  /// Takes the handle over; `other` has no history afterwards.
  Tensor(Tensor&& other) noexcept;
  /// Makes this a handle of what `other` is one of.
  Tensor& operator=(Tensor other) noexcept;
  ~Tensor();

  /// All elements 0, and so on.
  static Tensor zeros(const Shape& shape, bool requires_grad = false);
  /// All elements 1.
  static Tensor ones(const Shape& shape, bool requires_grad = false);

  /// The numbers, without history.
  const Array& value() const { return value_; }
  /// The same, to overwrite under a NoGrad guard: an optimizer does. What was computed from them
  /// stays as it is.
  /// @throws GradientError  where gradients are recorded and this requires one
  Array& mutable_value();
  /// The sizes, one an axis.
  const Shape& shape() const { return value_.shape(); }
  /// How many axes there are.
  int rank() const { return value_.rank(); }
  /// How many elements there are.
  std::int64_t size() const { return value_.size(); }
  /// The only element, as a plain number. @throws ShapeError where there is not exactly one
  Real item() const { return value_.item(); }

  /// Whether gradients flow to it: it was made so, or computed from something that was.
  bool requires_grad() const { return variable_ != nullptr; }
  /// Whether it was made, not computed.
  bool is_leaf() const;

  /// The gradient that backward passes have summed up in this leaf, in the shape of the tensor;
  /// zeros before the first. @throws GradientError where it requires none
  Tensor grad() const;
  /// Forgets it.
  void zero_grad();

  /// Sends gradients back to all leaves that this was computed from (exercise 4.8).
  /// @throws GradientError  where this has more than one element: give a seed
  void backward() const;
  /// The same from a gradient of this.
  /// @param seed    of the same shape
  /// @param retain  whether the graph is kept for another pass
  void backward(const Tensor& seed, bool retain = false) const;

  /// The same numbers without history (exercise 4.8).
  Tensor detach() const;

  // As methods, for who reads PyTorch; see functions.hpp
  Tensor sum() const;                                         ///< of all elements
  Tensor sum(const Axes& axes, bool keepdim = false) const;   ///< along these axes
  Tensor mean() const;                                        ///< of all elements
  Tensor mean(const Axes& axes, bool keepdim = false) const;  ///< along these axes
  Tensor max(const Axes& axes, bool keepdim = false) const;   ///< along these axes
  Tensor view(const Shape& shape) const;                      ///< with another shape
  Tensor permute(const Axes& order) const;                    ///< axes in another order
  Tensor t() const;                                           ///< of a matrix: transposed
  Tensor matmul(const Tensor& other) const;                   ///< times `other`

  /// Its history; null where it requires no gradient.
  Variable* variable() const { return variable_; }
  /// A handle of numbers with this history; null for none.
  Tensor(Array value, Variable* variable);

 private:
  friend struct Variable;
  Array value_;
  Variable* variable_ = nullptr;  // counted
};

// ---- functions ----------------------------------------------------------------------------------

/// What a function was told besides its tensors; each uses what it needs.
struct Attributes {
  Axes axes = {};                       ///< sum, mean, max, permute
  bool keepdim = false;                 ///< sum, mean, max
  Shape shape = {};                     ///< reshape, expand
  std::int64_t axis = 0;                ///< slice, concat
  Slice slice = {};                     ///< slice
  std::vector<std::int64_t> rows = {};  ///< gather
};

/// A differentiable function: its name, and its two directions side by side.
struct Function {
  const char* name;  ///< "mul", for errors and pictures

  /// The value from the values of the inputs; keeps in `context` what backward will need.
  Array (*forward)(Context& context, Inputs inputs);

  /// d(result)/d(input k) for each input, from grad = d(result)/d(output), each of its input's
  /// shape. Computed with tensors, so that it can be differentiated again.
  std::vector<Tensor> (*backward)(const Context& context, const Tensor& grad);
};

/// What a function keeps from forward to backward.
class Context {
 public:
  /// Of one application of `function`; `recording` where anybody will ask for its gradient.
  Context(const Function& function, Inputs inputs, Attributes attributes, bool recording);

  /// What the function was told besides its tensors.
  const Attributes& attributes() const { return attributes_; }
  /// How many inputs there were.
  int input_count() const { return static_cast<int>(input_shapes_.size()); }
  /// The shape of input k, which is kept wherever gradients are recorded.
  const Shape& input_shape(int k) const { return input_shapes_[k]; }

  // ---- exercise 4.1 ---------------------------------------------------------------------------

  /// Keeps an input for backward; nothing where no gradient will be asked for.
  void save(const Tensor& input);

  /// Keeps the result for backward, and hands it back. It is no handle of its own history, which
  /// would keep itself alive.
  Array save_output(const Array& output);

  /// The i-th of what was saved, in that order.
  /// @throws GradientError  where its numbers were overwritten since, with the function's name and
  ///                        the shape; RangeError where fewer were saved
  Tensor saved(int i) const;

  // ---- given ----------------------------------------------------------------------------------

  /// How many were saved.
  int saved_count() const { return static_cast<int>(entries_.size()); }
  /// The function's name.
  const char* function_name() const { return function_->name; }

 private:
  friend struct Variable;
  struct Entry {
    Tensor tensor;
    std::int64_t version;  // of its storage when it was saved
    bool is_output;        // then it belongs to output_
  };

  const Function* function_;
  std::vector<Shape> input_shapes_;
  Attributes attributes_;
  bool recording_;  // somebody will ask for a gradient
  std::vector<Entry> entries_;
  Variable* output_ = nullptr;  // the history that this is part of, not counted
};

/// The history of a tensor that requires a gradient: a leaf, or the result of a function.
struct Variable {
  std::int64_t number;                 ///< larger than that of all made before
  Shape shape;                         ///< of the tensor
  const Function* function = nullptr;  ///< what computed it; null for a leaf
  std::vector<Variable*> inputs = {};  ///< counted; null where one requires no gradient
  Context context;                     ///< what the function kept
  bool spent = false;                  ///< backward has given inputs and context back
  Tensor grad = {};                    ///< of a leaf: what was summed up; without elements before
  Tensor incoming = {};                ///< while backward runs: what has arrived so far
  std::int64_t mark = 0;               ///< the last VariableMarker that saw it
  std::int64_t handles = 0;            ///< tensors and inputs that refer to it

  /// A new one for a result of `function`, without inputs yet.
  static Variable* of_result(const Function& function, Context context, const Shape& shape);
  /// Counts one more.
  static Variable* keep(Variable* variable);
  /// Counts one less; with the last it goes, and what only it kept, without recursion. Null is
  /// fine.
  static void drop(Variable* variable);
  /// Gives inputs and saved tensors back: backward cannot pass here again.
  void spend();
};

/// How many there are.
std::int64_t live_variables();

/// Remembers which variables were seen. A new one has seen nothing, and ends the use of older ones.
class VariableMarker {
 public:
  /// Has seen nothing.
  VariableMarker();
  /// Returns true the first time, false when it was seen already.
  bool insert(Variable* variable) { return std::exchange(variable->mark, number_) != number_; }

 private:
  std::int64_t number_;
};

// ---- exercise 4.1 -------------------------------------------------------------------------------

/// Computes function(inputs…) and, where gradients are enabled and an input requires one, remembers
/// how: the result then requires one too, and `record` makes its history.
Tensor apply(const Function& function, Inputs inputs, const Attributes& attributes = {});

/// The same from braces: apply(kMul, {a, b}).
inline Tensor apply(const Function& function, std::initializer_list<Tensor> inputs,
                    const Attributes& attributes = {}) {
  return apply(function, Inputs(inputs.begin(), inputs.size()), attributes);
}

/// A tensor of `value` whose history is this application (given).
Tensor record(const Function& function, Context context, Inputs inputs, Array value);

// ---- exercise 4.8 -------------------------------------------------------------------------------

/// Whether functions remember what they compute, in this thread. True at the start.
bool grad_enabled();
/// Sets it (given); use a NoGrad guard instead.
void enable_grad(bool enabled);

/// While one of these lives, nothing is remembered; after it, all is as before, also where an
/// exception left the block.
class NoGrad {
 public:
  /// From here on nothing is remembered.
  NoGrad();
  NoGrad(const NoGrad&) = delete;
  NoGrad& operator=(const NoGrad&) = delete;
  /// As before.
  ~NoGrad();

 private:
  bool before_;
};

/// How backward is to go.
struct BackwardOptions {
  bool retain = false;  ///< keep the graph for another pass
  bool record = false;  ///< remember the pass itself, so that gradients have gradients
};

/// Sends `seed` back from `root`: hands each variable that root depends on, root first, to `visit`
/// with d(root)/d(variable) · seed, when all of its users have sent their share. Unless retained,
/// what was passed is given back.
/// @param root     where the pass begins
/// @param seed     of the shape of root
/// @param options  whether the graph is kept, and the pass recorded
/// @param visit    gets each variable once, with its gradient
/// @throws GradientError  where root requires no gradient or is a comparison; where a variable on
///                        the way is spent, with its function's name
///         ShapeError     where seed has another shape, or a function's gradient has not that of
///                        its input, with the function's name and both shapes
void send_back(const Tensor& root, const Tensor& seed, const BackwardOptions& options,
               function_ref<void(Variable& variable, const Tensor& grad)> visit);

// Given: what send_back refuses, each with a sentence of its own

/// Refuses a root or a seed that no pass can begin with.
/// @throws GradientError  where root requires no gradient, or is a comparison, which has none
///         ShapeError     where seed has not the shape of root
void check_root(const Tensor& root, const Tensor& seed);
/// Refuses a second pass.
/// @throws GradientError  where an earlier pass has given back what this one would need
void check_not_spent(const Variable& variable);
/// Refuses what a function gave for its input k.
/// @throws ShapeError     where the share is missing, or has not the shape of the input
void check_share(const Variable& variable, const std::vector<Tensor>& shares, std::size_t k);

}  // namespace gradbook
