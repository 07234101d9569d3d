#include "support/observation.hpp"

#include <cstring>
#include <limits>
#include <optional>

namespace gradbook {
namespace {

template <class T>
void put(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put_text(std::string& bytes, std::string_view text) {
  put(bytes, static_cast<std::uint32_t>(text.size()));
  bytes.append(text);
}

template <class T>
void put_list(std::string& bytes, const std::vector<T>& list) {
  put(bytes, static_cast<std::uint32_t>(list.size()));
  bytes.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(T));
}

// Reads fields off the front; the first that does not fit makes all that follow fail
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  T take() {
    T value{};
    copy(&value, sizeof value);
    return value;
  }

  std::string take_text() {
    std::string text(fitting(take<std::uint32_t>(), 1), '\0');
    copy(text.data(), text.size());
    return text;
  }

  template <class T>
  std::vector<T> take_list() {
    std::vector<T> list(fitting(take<std::uint32_t>(), sizeof(T)));
    copy(list.data(), list.size() * sizeof(T));
    return list;
  }

  bool complete() const { return ok_ && rest_.empty(); }

 private:
  // A length that promises more than is there must not allocate for it
  std::size_t fitting(std::size_t count, std::size_t size) {
    if (count > rest_.size() / size) ok_ = false;
    return ok_ ? count : 0;
  }

  void copy(void* target, std::size_t size) {
    if (size > rest_.size()) ok_ = false;
    if (!ok_ || size == 0) return;
    std::memcpy(target, rest_.data(), size);
    rest_.remove_prefix(size);
  }

  std::string_view rest_;
  bool ok_ = true;
};

bool known(Role role) {
  switch (role) {
    case Role::input:
    case Role::call:
    case Role::observation:
    case Role::not_started:
    case Role::thrown:
    case Role::end:
    case Role::only_emulated:
      return true;
  }
  return false;
}

// The number of elements that a shape promises, or nothing where it cannot be a size
std::optional<std::uint64_t> elements(std::span<const std::uint64_t> shape) {
  std::uint64_t product = 1;
  for (std::uint64_t size : shape) {
    if (size != 0 && product > std::numeric_limits<std::uint64_t>::max() / size)
      return std::nullopt;
    product *= size;
  }
  return product;
}

bool consistent(const Observation& o) {
  if (!known(o.role)) return false;
  switch (o.type) {
    case Type::real:
      return o.integers.empty() && o.text.empty() && elements(o.shape) == o.reals.size();
    case Type::integer:
      return o.reals.empty() && o.text.empty() && elements(o.shape) == o.integers.size();
    case Type::text:
      return o.reals.empty() && o.integers.empty() && o.shape.empty();
  }
  return false;
}

}  // namespace

std::string encode(const Observation& o) {
  std::string body;
  put(body, o.role);
  put(body, o.type);
  put_text(body, o.label);
  put_list(body, o.shape);
  put_list(body, o.reals);
  put_list(body, o.integers);
  put_text(body, o.text);
  put(body, o.tolerance);

  std::string bytes;
  put_text(bytes, body);
  return bytes;
}

Observations decode(std::string_view bytes, bool& malformed) {
  Observations observations;
  malformed = false;
  while (!bytes.empty()) {
    std::uint32_t length = 0;
    malformed = bytes.size() < sizeof length;
    if (malformed) break;
    std::memcpy(&length, bytes.data(), sizeof length);
    bytes.remove_prefix(sizeof length);
    malformed = bytes.size() < length;
    if (malformed) break;

    Reader reader(bytes.substr(0, length));
    Observation o;
    o.role = reader.take<Role>();
    o.type = reader.take<Type>();
    o.label = reader.take_text();
    o.shape = reader.take_list<std::uint64_t>();
    o.reals = reader.take_list<double>();
    o.integers = reader.take_list<std::int64_t>();
    o.text = reader.take_text();
    o.tolerance = reader.take<Tolerance>();
    malformed = !reader.complete() || !consistent(o);
    if (malformed) break;
    observations.push_back(std::move(o));
    bytes.remove_prefix(length);
  }
  return observations;
}

std::string shape_text(std::span<const std::uint64_t> shape) {
  std::string text = "(";
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (axis > 0) text += ", ";
    text += std::to_string(shape[axis]);
  }
  return text + ")";
}

}  // namespace gradbook
