# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "law"
require_relative "templates"

# Campaigns, the playbooks that ship, and offers.
module Winback
  # A compiled campaign: audience, segments, steps, texts. A mistake has its JSON path.
  #
  # `settings`: the practice's, as JSON: parameters, members and own wording (docs/settings.md).
  class Campaign < Shared
    FREE = :wb_campaign_unref
    REF = :wb_campaign_ref
    private_constant :FREE, :REF

    def initialize(schema, json, settings: nil, policy: nil, context: nil)
      texts = (settings ? [json, settings] : [json]).flat_map { |text| Convert.sized(text) }
      owners = [Owner.of(Context, context), Owner.of(Schema, schema), Owner.of(Policy, policy)]
      make(settings ? :wb_campaign_make : :wb_campaign_new, owners, *texts)
    end

    # What it is: name, content id, how many steps.
    def info
      using { |campaign| Convert.answer(CampaignInfo, :wb_campaign_get, campaign) }
    end

    # Why one patient is in its audience or not.
    def match(facts, row, moment)
      asked(facts, moment) do |*given, at|
        Convert.answer(Match, :wb_campaign_match, *given, Convert.whole(row, "Q", "row"), at, error: true)
      end
    end
  end

  # A compiled offer: what is given for a price, by when, to whom.
  class Offer < Shared
    FREE = :wb_offer_unref
    REF = :wb_offer_ref
    private_constant :FREE, :REF

    def initialize(schema, json, context: nil)
      make(:wb_offer_new, [Owner.of(Context, context), Owner.of(Schema, schema)], *Convert.sized(json))
    end

    # What it is.
    def info
      using { |offer| Convert.answer(OfferInfo, :wb_offer_get, offer) }
    end

    # Whether one patient may be told of it.
    def test(law, facts, row, moment, use)
      offer, rules, rows = owner, Owner.of(Law, law), Owner.of(Facts, facts)
      Owner.at(moment, rows, offer, rules) do |at|
        Convert.answer(OfferVerdict, :wb_offer_test, offer, rules, rows, Convert.whole(row, "Q", "row"), at,
                       Convert.struct(use), error: true)
      end
    end
  end

  class << self
    # The JSON Schema of campaigns.
    def campaign_schema
      json_of(:wb_campaign_schema)
    end

    # The JSON Schema of a practice's settings.
    def settings_schema
      json_of(:wb_settings_schema)
    end

    # Checks a practice's settings: what they name is there, and values are in their ranges.
    def check_settings(json, context: nil)
      owner = Owner.of(Context, context)
      Owner.using(owner) { Library.checked(:wb_settings_test, owner, *Convert.sized(json)) }
    end

    # The campaigns that ship: JSON by name.
    def playbooks
      Array.new(Library.ask(:wb_playbook_count)) do |index|
        places = Array.new(3) { Library.room("J") }
        Library.call(:wb_playbook_get, index, *places)
        places.first(2).map { |place| Convert.text_at(place.unpack1("J")) }
      end.to_h
    end

    private

    # A document of the library.
    def json_of(function)
      json, length = Library.room("J"), Library.room("J")
      Library.call(function, json, length)
      JSON.parse(Convert.text_at(json.unpack1("J")))
    end
  end
end
