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
  const char* name;
  int inputs;
  Partials (*partials)(
      const Node& out);  ///< ∂out/∂input k at the values that out was computed from
};

/// One step of a computation: a value, where it came from, and (after backward) what it did to the
/// result.
///
/// Nodes are slots of a pool and count who refers to them: handles (Scalar) and the nodes computed
/// from them.
struct Node {
  double value = 0;
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

// ---- the pool: where nodes come from and go back to (given)
// -----------------------------------------

/// A new node with no references; its inputs are referenced once more each.
Node* new_node(double value, const Operation* operation, Node* first, Node* second);

/// Gives one slot back to the pool. Its inputs are not looked at: that is exercise 2.6.
void recycle(Node* node);

/// How many nodes are in use.
std::size_t live_nodes();

// ---- exercise 2.6
// -----------------------------------------------------------------------------------

/// Gives back `node`, and all nodes that only it kept alive.
///
/// Called when the last reference to `node` has gone. A node that is given back no longer refers to
/// its inputs: each loses one reference, and one that has none left is given back too, and so on.
/// @param node   not null, with references == 0
/// @complexity   O(nodes given back); no recursion, so a chain of 10⁷ nodes needs no more stack
/// than one
/// @see          chapter 02, "Giving a graph back"
void release(Node* node);

// ---- the number
// -------------------------------------------------------------------------------------

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
  Scalar(double value = 0,
         const char* label = nullptr);  // NOLINT: numbers convert, as in the formula

  /// The handle of a node that exists already.
  explicit Scalar(Node* node) : node_(node) { ++node_->references; }
  Scalar(const Scalar& other) : Scalar(other.node_) {}
  Scalar(Scalar&& other) noexcept : node_(other.node_) { other.node_ = nullptr; }
  Scalar& operator=(Scalar other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~Scalar() {
    if (node_ != nullptr && --node_->references == 0) release(node_);
  }

  double value() const { return node_->value; }

  /// d(result)/d(this), from all backward passes since it was last set; 0 before the first.
  double grad() const { return node_->grad; }
  void set_value(double value) { node_->value = value; }
  void set_grad(double grad) { node_->grad = grad; }

  /// Names the number for the picture. The text is not copied: use a literal.
  Scalar& label(const char* label) {
    node_->label = label;
    return *this;
  }

  /// Adds d(this)/d(leaf), times `seed`, to the grad of every leaf that this was computed from
  /// (exercise 2.5).
  inline void backward(double seed = 1.0) const;

  Node* node() const { return node_; }

 private:
  Node* node_;  // null only in a handle that was moved from
};

/// The result of an operation on `a` (and `b`): a new number that remembers where it came from.
Scalar record(const Operation& operation, double value, const Scalar& a);
Scalar record(const Operation& operation, double value, const Scalar& a, const Scalar& b);

// ---- operations: the forward half
// -------------------------------------------------------------------

// Exercise 2.1
Scalar operator+(const Scalar& a, const Scalar& b);
Scalar operator-(const Scalar& a, const Scalar& b);
Scalar operator*(const Scalar& a, const Scalar& b);
Scalar operator/(const Scalar& a, const Scalar& b);
Scalar operator-(const Scalar& a);

/// aⁿ for a constant exponent n, recorded as one operation with one input.
Scalar pow(const Scalar& a, double n);

// Given
Scalar exp(const Scalar& a);
Scalar log(const Scalar& a);

// Exercise 2.4
/// max(a, 0); the slope at 0 is taken to be 0, as PyTorch does.
Scalar relu(const Scalar& a);
/// 1 / (1 + exp(-a)), right for every a: no overflow, no NaN.
Scalar sigmoid(const Scalar& a);
Scalar tanh(const Scalar& a);

// ---- operations: the derivative half
// ----------------------------------------------------------------

// Given: the rules for sums
Partials add_partials(const Node& out);
Partials sub_partials(const Node& out);
Partials neg_partials(const Node& out);

// Exercise 2.3
Partials mul_partials(const Node& out);
Partials div_partials(const Node& out);
Partials pow_partials(const Node& out);
Partials exp_partials(const Node& out);
Partials log_partials(const Node& out);

// Exercise 2.4
Partials relu_partials(const Node& out);
Partials sigmoid_partials(const Node& out);
Partials tanh_partials(const Node& out);

extern const Operation kAdd, kSub, kNeg, kMul, kDiv, kPow, kExp, kLog, kRelu, kSigmoid, kTanh;

// ---- exercises 2.2 and 2.5
// --------------------------------------------------------------------------

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

inline void Scalar::backward(double seed) const { gradbook::backward(node_, seed); }

/// Where a node is used: `user->inputs[slot]` is that node.
struct Use {
  Node* user;
  int slot;
};

/// For the i-th node of `order`, all the places in `order` where it is used, in the order of the
/// users (given).
std::vector<std::vector<Use>> uses(std::span<Node* const> order);

}  // namespace gradbook
