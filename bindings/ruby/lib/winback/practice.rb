# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "campaigns"

module Winback
  # The practice: the one machine. It decides; the host sends. It knows who is in which sequence, what was handed
  # out, who opted out. One thread at a time.
  #
  # `append` and `sync` keep the journal. `append` is called with the number of the first record, their bytes and
  # how many they are, writes them all, and raises `Conflict` when a record of that number is there already. What
  # either raises comes out of the call that wrote; after anything but `Conflict` the practice is `Stale`: close
  # it and load it again. What they answer does not matter, but for false and negative numbers, which are refused.
  class Practice < Machine
    FREE = :wb_practice_free
    private_constant :FREE

    def initialize(schema, options, append: nil, sync: nil, law: nil, policy: nil, context: nil)
      rules = Owner.of(Law, law)
      @callbacks = [append && Callback.new(:wb_append_fn) { |_, *records| write(append, *records) },
                    sync && Callback.new(:wb_sync_fn) { nothing(sync.call, "sync") }]
      owners = [Owner.of(Context, context), Owner.of(Schema, schema), Owner.of(Policy, policy)]
      given = Convert.struct(options, append: @callbacks[0].to_i, sync: @callbacks[1].to_i, law: rules&.address || 0)
      make(:wb_practice_new, owners, given, keeps: [*owners, rules])
    end

    # ---- the state ----

    # Loads a snapshot into a practice that is still empty.
    def load(snapshot)
      raw = Convert.blob(snapshot)
      using { |practice| Library.checked(:wb_practice_load, practice, raw, raw.bytesize) }
    end

    # Replays journal records; those that the state has are skipped. With REPLAY_TORN in its flags, cut the journal
    # at `used`.
    def replay(journal)
      raw = Convert.blob(journal)
      using { |practice| Convert.answer(Replay, :wb_practice_replay, practice, raw, raw.bytesize, error: true) }
    end

    # A snapshot: equal bytes for equal states.
    def save
      using { |practice| Library.written(:wb_practice_save, practice) }
    end

    # Sums up what came before, so that older records may move to an archive.
    def seal(now)
      using { |practice| Library.checked(:wb_practice_seal, practice, Convert.instant(now)) }
    end

    # Sequence number of the last record; 0: none.
    def sequence
      using { |practice| Library.ask(:wb_practice_sequence, practice) }
    end

    # Changes the secret; `pairs` has for each old contact point the new one.
    def rekey(secret, pairs, now, lose: false)
      flat = pairs.to_a.flatten.map { |part| Convert.exactly(part, 16, "pairs") }.join
      using do |practice|
        Library.checked(:wb_practice_rekey, practice, Convert.exactly(secret, 16, "secret"), flat, pairs.size,
                        lose ? REKEY_LOSE : 0, Convert.instant(now))
      end
    end

    # ---- campaigns ----

    # Makes a campaign known. It does not run before an input of kind :launch.
    def add(campaign, now)
      known = Owner.of(Campaign, campaign)
      using(known) do |practice|
        practice.keep(*known.kept)
        Library.checked(:wb_practice_add, practice, known, Convert.instant(now))
      end
    end

    # Takes whoever is inside an older definition over to the newest. `replaced` has the new step of each old one;
    # `plan`: nothing changes, the rows tell what would be; `recompute`: facts, with which waits are counted anew.
    def migrate(campaign, now, replaced: {}, plan: false, recompute: nil)
      facts = Owner.of(Facts, recompute)
      steps = [replaced.keys, replaced.values].map { |names| Convert.texts(names, "replaced") }
      flags = (plan ? MIGRATE_PLAN : 0) | (facts ? MIGRATE_RECOMPUTE : 0)
      options = Layout[:wb_migrate_options].pack(
        flags: flags, from: steps[0]&.address || 0, to: steps[1]&.address || 0, count: replaced.size,
        facts: facts&.address || 0)
      using(facts) do |practice|
        Convert.rows(Migration, :wb_practice_migrate, practice, *Convert.sized(campaign), options, Convert.instant(now),
                     error: true)
      end
    end

    # Lets in whoever is due, into every launched campaign or one of them.
    def enroll(facts, now, campaign = "")
      with_facts(facts) do |practice, rows|
        Convert.answer(Counts, :wb_practice_enroll, practice, *name(campaign), rows, Convert.instant(now), error: true)
      end
    end

    # Who would wait if `enroll` were called now, why and until when. Nothing changes.
    def waiting(facts, now, campaign = "")
      with_facts(facts) do |practice, rows|
        Convert.rows(Waiting, :wb_practice_waiting, practice, *name(campaign), rows, Convert.instant(now), error: true)
      end
    end

    # ---- actions ----

    # Hands out what is due, claimed and durable; an empty Array: nothing now.
    def poll(facts, now, capacity = 64)
      Convert.whole(capacity, "L", "capacity")
      one, count = Convert.room(Action), Library.room("L")
      made = one.ljust(one.bytesize * [capacity, 1].max, "\0")
      with_facts(facts) do |practice, rows|
        Library.checked(:wb_practice_poll, practice, rows, Convert.instant(now), made, capacity, count)
        Convert.values(Action, made, count.unpack1("L"))
      end
    end

    # Says what became of an action, or of the one of an id: an Outcome, or only its kind.
    def ack(action, outcome, now)
      using do |practice|
        Library.checked(:wb_practice_ack, practice, id(action), Convert.struct(outcome(outcome)), Convert.instant(now))
      end
    end

    # The last look: whether an action that was handed out may still go.
    def test(action, facts, now)
      with_facts(facts) do |practice, rows|
        Convert.answer(Look, :wb_practice_test, practice, id(action), rows, Convert.instant(now), error: true)
      end
    end

    # The loop of poll, deliver and ack, until nothing is due. The block delivers an action and answers an Outcome
    # or its kind. What it raises ends the loop.
    def run(facts, now)
      raise ArgumentError, "run needs a block that delivers" unless block_given?

      layout = Layout[:wb_outcome]
      deliver = Callback.new(:wb_deliver_fn) do |_, action, place|
        answered = outcome(yield(Convert.value_at(Action, action)))
        numbers = [OutcomeKind[answered.kind], Cause[answered.cause]]
        %i[kind cause].zip(numbers) { |name, number| Memory.put(place + layout.offsets[name], "l", number) }
        nil
      end
      with_facts(facts) do |practice, rows|
        Convert.answer(Run, :wb_practice_run, practice, rows, Convert.instant(now), deliver, nil, error: true)
      end
    end

    # Takes one event from outside: a reply, a click, a launch…
    def receive(event, now)
      using do |practice|
        Library.checked(:wb_practice_receive, practice, Convert.struct(event), Convert.instant(now))
      end
    end

    # The next instant at which `poll` may have something; nil: none in sight.
    def wake
      using { |practice| Convert.time(Library.number("q", :wb_practice_wake, practice)) }
    end

    # The secure page or the postcard of somebody who is or was in a campaign: by the action whose link was used,
    # else by campaign and patient. The host has made sure who asks.
    def page(asked, facts, now)
      with_facts(facts) do |practice, rows|
        Convert.text(Library.written(:wb_page_render, practice, Convert.struct(asked), rows, Convert.instant(now),
                                     error: true))
      end
    end

    # ---- what is there ----

    # Who is in which campaign, ended ones too.
    def enrollments
      each_of(Enrollment, :wb_practice_next)
    end

    # What it works by, with the defaults filled in; the secret is left out.
    def options
      using { |practice| Convert.answer(PracticeOptions, :wb_practice_get, practice) }
    end

    # The key of the patient that a key stands for: another's once they were merged.
    def find(patient)
      using { |practice| Convert.text_at(Library.number("J", :wb_practice_find, practice, *Convert.sized(patient))) }
    end

    # The actions that are remembered.
    def actions
      each_of(ActionStatus, :wb_practice_actions)
    end

    # The definitions of campaigns that it knows, and where each stands.
    def campaigns
      each_of(CampaignStatus, :wb_practice_campaigns)
    end

    # The open tasks of a list of the desk, in its order.
    def desk(which)
      each_of(Task, :wb_desk_next, DeskList[which])
    end

    # Openings by key.
    def openings
      each_of(Opening, :wb_opening_next)
    end

    # One opening.
    def opening(key)
      using { |practice| Convert.answer(Opening, :wb_opening_get, practice, *Convert.sized(key)) }
    end

    # What is on record of a patient at a contact point: of Channel and MessageClass.
    def consent(contact, patient, channel, purpose)
      using do |practice|
        Convert.answer(Consent, :wb_consent_get, practice, Convert.exactly(contact, 16, "contact"),
                       *Convert.sized(patient), Channel[channel], MessageClass[purpose])
      end
    end

    # The counters by campaign, segment, variant and hold-out.
    def metrics
      each_of(Metrics, :wb_metrics_next)
    end

    # The sum of counters; what is left out is all.
    def total(campaign = "", segment = "", variant = "", held_out: false)
      names = [campaign, segment, variant].flat_map { |given| name(given) }
      using { |practice| Convert.answer(Metrics, :wb_metrics_get, practice, *names, held_out ? 1 : 0) }
    end

    # A page for people: the funnel, attributed and incremental side by side.
    def report(now)
      using { |practice| Convert.text(Library.written(:wb_metrics_format, practice, Convert.instant(now))) }
    end

    private

    def with_facts(facts)
      rows = Owner.of(Facts, facts)
      using(rows) { |practice| yield practice, rows }
    end

    # What a function with a cursor gives; between two values the practice may be used.
    def each_of(kind, name, *arguments)
      owner
      Enumerator.new do |found|
        cursor, made = Library.room("Q"), Convert.room(kind)
        loop do
          value = using do |practice|
            status = Library.ask(name, practice, *arguments, cursor, made)
            next if status == Declarations::WB_E_NAME

            Library.settle(status)
            Convert.value(kind, made)
          end
          break if value.nil?

          found << value
        end
      end
    end

    # A name that may be left out, and its length.
    def name(given)
      raw = Convert.data(given)
      [raw.empty? ? nil : raw, raw.bytesize]
    end

    def id(action)
      Convert.exactly(action.is_a?(Action) ? action.id : action, 16, "action")
    end

    # The outcome that a delivery answered.
    def outcome(answered)
      return Outcome.new(kind: answered) if answered.is_a?(Symbol)
      return answered if answered.is_a?(Outcome)

      raise TypeError, "an Outcome or its kind is needed, not #{Convert.a(answered)}"
    end

    def write(append, first, address, length, count)
      nothing(append.call(first, Memory.at(address, length), count), "append")
    end

    # A callback that answers false, or a status as in C, has not understood that it must raise.
    def nothing(answered, name)
      return unless answered == false || answered.is_a?(Integer) && answered.negative?

      raise TypeError, "#{name} raises when it fails, and does not answer #{answered}"
    end
  end
end
