# SPDX-License-Identifier: MIT
# Rows as the two structs of the Arrow C Data Interface, with Fiddle alone.
require "fiddle"

module Rows
  KEPT = [] # what others hold addresses of
  RELEASED = [] # addresses of the structs that were given back

  module_function

  # The address of bytes, followed by a zero, that stay where they are.
  def memory(data)
    KEPT << Fiddle::Pointer.malloc(data.bytesize + 1, Fiddle::RUBY_FREE)
    KEPT.last[0, data.bytesize + 1] = data.b + "\0"
    KEPT.last.to_i
  end

  # The address of a C function that stays as long as the program.
  def callback(result, types, &block)
    KEPT << Fiddle::Closure::BlockCaller.new(result, types, &block)
    KEPT.last.to_i
  end

  # A struct is released when its `release`, at an offset, is NULL.
  def releaser(offset)
    callback(Fiddle::TYPE_VOID, [Fiddle::TYPE_VOIDP]) do |address|
      address[offset, Fiddle::SIZEOF_VOIDP] = "\0" * Fiddle::SIZEOF_VOIDP
      RELEASED << address.to_i
    end
  end

  FREE_SCHEMA = releaser(5 * Fiddle::SIZEOF_VOIDP + 16)
  FREE_ARRAY = releaser(3 * Fiddle::SIZEOF_VOIDP + 40)

  # Both structs of one array: their addresses.
  def array(kind, name, rows, buffers, children = [])
    lists = children.transpose.map { |side| memory(side.pack("J*")) }
    lists = [0, 0] if lists.empty?
    held = memory(buffers.pack("J*"))
    count = children.size
    [memory([memory(kind), memory(name), 0, 0, count, lists[0], 0, FREE_SCHEMA, 0].pack("J3q2J4")),
     memory([rows, 0, 0, buffers.size, count, held, lists[1], 0, FREE_ARRAY, 0].pack("q5J5"))]
  end

  # A column of texts, or of days since 1970-01-01.
  def column(name, values)
    if values.first.is_a?(Integer)
      return array("tdD", name, values.size, [0, memory(values.pack("l*"))])
    end

    ends = values.each_with_object([0]) { |value, all| all << all.last + value.bytesize }
    array("u", name, values.size, [0, memory(ends.pack("l*")), memory(values.join)])
  end

  # A table by its columns.
  def table(**columns)
    children = columns.map { |name, values| column(name.to_s, values) }
    array("+s", "", columns.values.first.size, [0], children)
  end
end
