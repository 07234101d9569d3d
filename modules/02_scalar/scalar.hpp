/// @file
/// A number that remembers how it was computed, and so can say how it changes with what it came
/// from.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "00_course/error.hpp"
#include "00_course/not_started.hpp"

namespace gradbook {

struct Node;

/// The derivatives of one operation by each of its inputs; the second is unused where there is one
/// input.
using Partials = std::array<double, 2>;

/// What produced a node: a name for the picture, the number of inputs, and the derivative.
struct Operation {
  const char* name;  ///< what pictures show: "*"
  int inputs;        ///< how many: 1 or 2

  /// ∂out/∂input k at the values that out was computed from.
  Partials (*partials)(const Node& out);
};

/// One step of a computation: a value, where it came from, and (after backward) what it did to the
/// result.
///
/// Nodes are slots of a pool and count who refers to them: handles (Scalar) and the nodes computed
/// from them.
struct Node {
  double value = 0;                      ///< what was computed, or set
  double grad = 0;                       ///< d(result)/d(this), summed up by backward
  std::array<Node*, 2> inputs{};         ///< null where there is none; both may be the same node
  const Operation* operation = nullptr;  ///< null for a leaf: a variable or a constant
  double exponent = 0;                   ///< n of pow(x, n); unused by the other operations
  const char* label = nullptr;           ///< for the picture; null where none was given
  std::uint32_t references = 0;          ///< how many handles and nodes refer to this one
  std::uint32_t mark = 0;                ///< the last Marker that saw this node
};

/// Remembers which nodes were seen, at the price of one number a node.
///
/// A new marker has seen nothing; making one is O(1), and ends the use of all older ones.
class Marker {
 public:
  /// Has seen nothing.
  Marker();

  /// Marks `node`. Returns true the first time, false when it was marked already.
  bool insert(Node* node) {
    if (node->mark == number_) return false;
    node->mark = number_;
    return true;
  }

 private:
  std::uint32_t number_;  // differs from that of every earlier marker
};

// ---- the pool: where nodes come from and go back to (given) -------------------------------------

/// A new node with no references; its inputs are referenced once more each.
Node* new_node(double value, const Operation* operation, Node* first, Node* second);

/// Gives one slot back to the pool. Its inputs are not looked at: that is exercise 2.6.
void recycle(Node* node);

/// How many nodes are in use.
std::size_t live_nodes();

// ---- exercise 2.6 -------------------------------------------------------------------------------

/// Gives back `node`, and all nodes that only it kept alive.
///
/// Called when the last reference to `node` has gone. A node that is given back no longer refers to
/// its inputs: each loses one reference, and one that has none left is given back too, and so on.
/// @param node   not null, with references == 0
/// @complexity   O(nodes given back); no recursion, so a chain of 10⁷ nodes needs no more stack
/// than one
/// @see          chapter 02, "Giving a graph back"
void release(Node* node);

// ---- the number ---------------------------------------------------------------------------------

/// A number that remembers how it was computed. It reads as in PyTorch:
///
///     Scalar x{2.0, "x"};
///     Scalar y = log(x * x + 1.0);
///     y.backward();
///     x.grad();  // 2x / (x² + 1) = 0.8
///
/// A Scalar is a handle: copies refer to the same node. A plain number converts to a leaf, so it
/// can stand on either side of every operator.
class Scalar {
 public:
  /// A leaf with this value, named in pictures by `label`, which is not copied: use a literal.
  Scalar(double value = 0, const char* label = nullptr);  // NOLINT: numbers convert

  /// The handle of a node that exists already.
  explicit Scalar(Node* node) : node_(node) { ++node_->references; }

  /// Another handle of the same number.
  Scalar(const Scalar& other) : Scalar(other.node_) {}

  /// Takes the handle over; `other` is to be assigned to or destroyed, nothing else.
  Scalar(Scalar&& other) noexcept : node_(other.node_) { other.node_ = nullptr; }

  /// Points this handle at the number of `other`; the number that it was a handle of does not
  /// change.
  Scalar& operator=(Scalar other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }

  /// Gives the graph back with its last handle (exercise 2.6).
  ~Scalar() {
    if (node_ != nullptr && --node_->references == 0) release(node_);
  }

  /// The value, as a plain number without history.
  double value() const { return node_->value; }

  /// d(result)/d(this), from all backward passes since it was last set; 0 before the first.
  double grad() const { return node_->grad; }

  /// Changes the number itself, for all of its handles. What was computed from it stays as it is.
  void set_value(double value) { node_->value = value; }

  /// Changes the grad, for all handles.
  void set_grad(double grad) { node_->grad = grad; }

  /// Names the number for the picture. The text is not copied: use a literal.
  Scalar& label(const char* label) {
    node_->label = label;
    return *this;
  }

  /// Adds d(this)/d(leaf), times `seed`, to the grad of every leaf that this was computed from
  /// (exercise 2.5).
  inline void backward(double seed = 1.0) const;

  /// The node that this is a handle of.
  Node* node() const { return node_; }

 private:
  Node* node_;  // null only in a handle that was moved from
};

/// The result of an operation on `a` (and `b`): a new number that remembers where it came from.
Scalar record(const Operation& operation, double value, const Scalar& a);
/// The same for an operation on two numbers, in the order of the formula.
Scalar record(const Operation& operation, double value, const Scalar& a, const Scalar& b);

// ---- operations: the forward half ---------------------------------------------------------------

// Exercise 2.1
/// The sum a + b, recorded.
Scalar operator+(const Scalar& a, const Scalar& b);
/// The difference a − b, recorded.
Scalar operator-(const Scalar& a, const Scalar& b);
/// The product a · b, recorded.
Scalar operator*(const Scalar& a, const Scalar& b);
/// The quotient a / b, recorded; as IEEE 754 has it, x / 0 is no error.
Scalar operator/(const Scalar& a, const Scalar& b);
/// The negative −a, recorded.
Scalar operator-(const Scalar& a);

/// aⁿ for a constant exponent n, recorded as one operation with one input.
Scalar pow(const Scalar& a, double n);

// Given
/// eᵃ, recorded.
Scalar exp(const Scalar& a);
/// The natural logarithm of a, recorded.
Scalar log(const Scalar& a);

// Exercise 2.4
/// max(a, 0); the slope at 0 is taken to be 0, as PyTorch does.
Scalar relu(const Scalar& a);
/// 1 / (1 + exp(-a)), right for every a: no overflow, no NaN.
Scalar sigmoid(const Scalar& a);
/// The hyperbolic tangent of a.
Scalar tanh(const Scalar& a);

// ---- operations: the derivative half ------------------------------------------------------------

// Given: the rules for sums
/// Of out = a + b: {1, 1}.
Partials add_partials(const Node& out);
/// Of out = a − b: {1, −1}.
Partials sub_partials(const Node& out);
/// Of out = −a: {−1}.
Partials neg_partials(const Node& out);

// Exercise 2.3
/// Of out = a · b.
Partials mul_partials(const Node& out);
/// Of out = a / b, without overflow where b² would.
Partials div_partials(const Node& out);
/// Of out = aⁿ with n = out.exponent; 0 where n is 0, for every a.
Partials pow_partials(const Node& out);
/// Of out = eᵃ.
Partials exp_partials(const Node& out);
/// Of out = log a.
Partials log_partials(const Node& out);

// Exercise 2.4
/// Of out = relu(a): 1 where out > 0, else 0.
Partials relu_partials(const Node& out);
/// Of out = sigmoid(a), from out alone.
Partials sigmoid_partials(const Node& out);
/// Of out = tanh(a), from out alone.
Partials tanh_partials(const Node& out);

// Given
// What may have made a node: it holds the address of one of these
extern const Operation kAdd;      ///< a + b
extern const Operation kSub;      ///< a − b
extern const Operation kNeg;      ///< −a
extern const Operation kMul;      ///< a · b
extern const Operation kDiv;      ///< a / b
extern const Operation kPow;      ///< aⁿ, with n in Node::exponent
extern const Operation kExp;      ///< eᵃ
extern const Operation kLog;      ///< log a
extern const Operation kRelu;     ///< max(a, 0)
extern const Operation kSigmoid;  ///< 1 / (1 + e⁻ᵃ)
extern const Operation kTanh;     ///< tanh a

// ---- exercise 2.2 -------------------------------------------------------------------------------

/// Orders the nodes that `root` depends on so that every node comes after its inputs.
///
/// Visits inputs from first to last, depth first, and appends a node once all of its inputs are in.
/// A node that is reached twice is listed once.
/// @param root  the node to finish with
/// @returns     n nodes, n ≥ 1, root last
/// @complexity  O(nodes + edges) time; no recursion, so depth is bounded by memory, not by the
/// stack
/// @see         chapter 02, "An order to visit in"
std::vector<Node*> topological_sort(Node* root);

// ---- exercise 2.5 -------------------------------------------------------------------------------

/// Reverse mode, pushing: every node, from root to leaves, adds its share to the grad of its
/// inputs.
///
/// The grad of `root` becomes `seed`, and that of every other node that was computed starts at 0.
/// Leaves keep what they have, so two calls add up. (A root that is a leaf gets `seed` added.)
/// @see  [GenAI] lecture 1, backpropagation "Backward B"; chapter 02, "Two ways to send it back"
void backward(Node* root, double seed = 1.0);

/// Reverse mode, pulling: every node collects its grad from the nodes that use it. Same result as
/// backward.
/// @see  [GenAI] lecture 1, backpropagation "Backward A"
void backward_pull(Node* root, double seed = 1.0);

// ---- given --------------------------------------------------------------------------------------

inline void Scalar::backward(double seed) const { gradbook::backward(node_, seed); }

/// Where a node is used: `user->inputs[slot]` is that node.
struct Use {
  Node* user;  ///< the node that was computed from it
  int slot;    ///< 0 or 1
};

/// For the i-th node of `order`, all the places in `order` where it is used, in the order of the
/// users (given).
std::vector<std::vector<Use>> uses(std::span<Node* const> order);

}  // namespace gradbook
