using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.GrainInterfaces.Characters;

/// <summary>
/// One character for its account's session: its record decides where it is and who may write it. Leased by one map at a time.
/// Key: the character id.
/// </summary>
[Alias("mmo.ICharacterGrain")]
public interface ICharacterGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Raises the owner fence, calls the character back from wherever it still is (2 s at most), picks the map (its own, else
    /// respawn map, else start map), has it started, reserves a seat and answers with a ticket for it. Who cancels while a map starts gets none.
    /// </summary>
    [Alias("Select"), ResponseTimeout(Patience.ManySteps)]
    Task<Answer<MapTicket>> Select(CharacterSelection selection, CancellationToken cancellation = default);

    /// <summary>
    /// Admits the holder of a ticket or resume token under a new owner fence. The same ticket is admitted again within its time,
    /// replacing the earlier connection: an answer that got lost must not lock the player out. Refused: TICKET_EXPIRED,
    /// SERVICE_NOT_AVAILABLE. Who cancels before the owner is raised has changed nothing: whoever plays has the character still.
    /// </summary>
    /// <param name="account">Who must own the character.</param>
    /// <param name="pass">What lets it in.</param>
    /// <param name="entry">The same in every repeat of the call, which is then one admission under one owner; empty: it is not repeated.</param>
    /// <param name="cancellation">The client has gone.</param>
    [Alias("Admit")]
    Task<Answer<Admission>> Admit(AccountId account, EntryPass pass, Guid entry = default, CancellationToken cancellation = default);

    /// <summary>
    /// Raises the owner fence, so that whoever plays the character is refused from here on, then takes it off its map and saves
    /// the last image: 2 s at most, silence costs only what happened since the last checkpoint.
    /// </summary>
    /// <param name="entered">
    /// The owner of the last admission that the session knows of. Does nothing within a minute of a later one: another session of the account made it.
    /// Null: whoever plays.
    /// </param>
    [Alias("Release")]
    Task Release(Fence? entered, Refusal why);

    /// <summary>Takes an admission back whose session was taken over meanwhile: as <see cref="Release"/>, unless the character has changed hands since.</summary>
    /// <param name="admitted">The owner of that admission.</param>
    [Alias("Withdraw")]
    Task Withdraw(Fence admitted, Refusal why);

    /// <summary>
    /// Deletes the record, after the account's list has let go of the character, and takes it off its map. Refused:
    /// SERVICE_NOT_AVAILABLE.
    /// </summary>
    [Alias("Delete")]
    Task<Answer<Done>> Delete(AccountId account);

    /// <summary>Where the character was last admitted, for whispers; null when never. Being there is for the map to say.</summary>
    [Alias("Whereabouts")]
    Task<MapId?> Whereabouts();

    /// <summary>The account that plays the character, for operators; null when it was never played.</summary>
    [Alias("OwnedBy")]
    Task<AccountId?> OwnedBy();

    /// <summary>
    /// Forbids (or allows again, with a past time) talking, saved and told to the map. Refused: CHARACTER_NOT_FOUND (never
    /// selected), SERVICE_NOT_AVAILABLE.
    /// </summary>
    [Alias("Mute")]
    Task<Answer<Done>> Mute(DateTimeOffset until);
}

/// <summary>One character for the map that plays it. Called from the map's outbox only, never awaited in its turn.</summary>
[Alias("mmo.ICharacterKeeping")]
public interface ICharacterKeeping : IGrainWithGuidKey
{
    /// <summary>Saves an image, if its stamp is not older than what is known.</summary>
    [Alias("Save"), ResponseTimeout(Patience.OfAMap)]
    Task<SaveAnswer> Save(CharacterImage image);

    /// <summary>
    /// After a fail-over: may this owner go on on this map? The gateway's roster knew the pose only, so the answer carries the rest.
    /// </summary>
    [Alias("Attach"), ResponseTimeout(Patience.OfAMap)]
    Task<AttachAnswer> Attach(Fence owner, Fence map);

    /// <summary>
    /// Moves the character to another map: reserve there, then one write that is the change of hands. The same
    /// <see cref="WarpOrder.WarpId"/> is answered the same again.
    /// </summary>
    [Alias("Warp"), ResponseTimeout(Patience.OfAMap)]
    Task<WarpAnswer> Warp(WarpOrder order);
}

/// <param name="Channel">The chosen channel's id.</param>
/// <param name="Entered">The owner of the last admission that the session knows of. Refused within a minute of a later one. Null: it may not know all.</param>
[GenerateSerializer, Immutable, Alias("mmo.CharacterSelection")]
public sealed record CharacterSelection(
    [property: Id(0)] AccountId Account,
    [property: Id(1)] CharacterListed Character,
    [property: Id(2)] string Channel,
    [property: Id(3)] int UserLevel = 0,
    [property: Id(4)] Fence? Entered = null);

/// <summary>Where a client is to connect next, and with what.</summary>
/// <param name="Ticket">256 random bits, good for one entry within 30 s.</param>
/// <param name="Address">Of the gateway that serves the map best.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapTicket")]
public sealed record MapTicket(
    [property: Id(0)] CharacterId Character,
    [property: Id(1)] MapId Map,
    [property: Id(2)] ReadOnlyMemory<byte> Ticket,
    [property: Id(3)] MapAddress Address);

/// <summary>The right to put a character on a map, from its grain to that map by way of the gateway.</summary>
/// <param name="ResumeToken">For the client: enters again after a lost connection.</param>
/// <param name="Image">The durable state to start from.</param>
/// <param name="IsReturn">By a resume token: it was on a map before, whether or not anything of that was saved.</param>
[GenerateSerializer, Immutable, Alias("mmo.Admission")]
public sealed record Admission(
    [property: Id(0)] CharacterId Character,
    [property: Id(1)] AccountId Account,
    [property: Id(2)] string Name,
    [property: Id(3)] ReadOnlyMemory<byte> Appearance,
    [property: Id(4)] Fence Owner,
    [property: Id(5)] MapId Map,
    [property: Id(6)] CharacterImage Image,
    [property: Id(7)] ReadOnlyMemory<byte> ResumeToken,
    [property: Id(8)] DateTimeOffset MutedUntil,
    [property: Id(9)] bool IsReturn = false);

/// <summary>What a map knows of a character that outlives the map.</summary>
/// <param name="Map">The map that took it.</param>
/// <param name="Pose">Null: not decided, the map puts the character on its start.</param>
/// <param name="Data">The game's own, opaque, at most 16 KiB.</param>
/// <param name="PoseOnly">
/// Only stamp, map and pose mean something, keep the stored data and mute: it comes from a checkpoint or a gateway's roster, which
/// hold no more.
/// </param>
[GenerateSerializer, Immutable, Alias("mmo.CharacterImage")]
public sealed record CharacterImage(
    [property: Id(0)] CharacterId Character,
    [property: Id(1)] Stamp Stamp,
    [property: Id(2)] MapId Map,
    [property: Id(3)] Pose? Pose,
    [property: Id(4)] ReadOnlyMemory<byte> Data,
    [property: Id(5)] DateTimeOffset MutedUntil,
    [property: Id(6)] bool PoseOnly = false);

/// <summary>What became of a save.</summary>
[GenerateSerializer]
public enum SaveAnswer
{
    /// <summary>Stored, or already stored in a newer form by the same owner.</summary>
    Saved = 0,

    /// <summary>Somebody else owns the character: drop the avatar.</summary>
    Stale = 1,

    /// <summary>The store did not take it: keep the image and try again.</summary>
    Failed = 2,
}

/// <param name="Answer">Saved: it may; Stale: somebody else owns the character; Failed: ask again.</param>
/// <param name="Image">What the record holds, with the answer Saved.</param>
/// <param name="Moved">
/// With the answer Stale: the character has warped, and the map that was to tell its client is no more. Null: somebody else owns it.
/// </param>
[GenerateSerializer, Immutable, Alias("mmo.AttachAnswer")]
public sealed record AttachAnswer(
    [property: Id(0)] SaveAnswer Answer,
    [property: Id(1)] CharacterImage? Image = null,
    [property: Id(2)] MapTicket? Moved = null);

/// <param name="WarpId">Chosen by the map, the same in every retry.</param>
/// <param name="Destination">The map to go to.</param>
/// <param name="Arrival">Where on that map; null: its start.</param>
/// <param name="MayBeWritten">An earlier try has an unknown outcome: whoever denies this one must know that the earlier one can no longer land.</param>
[GenerateSerializer, Immutable, Alias("mmo.WarpOrder")]
public sealed record WarpOrder(
    [property: Id(0)] Guid WarpId,
    [property: Id(1)] CharacterImage Image,
    [property: Id(2)] MapId Destination,
    [property: Id(3)] Pose? Arrival,
    [property: Id(4)] bool MayBeWritten = false);

/// <summary>What became of a warp: <see cref="WarpMoved"/>, <see cref="WarpDenied"/>, <see cref="WarpStale"/>, <see cref="WarpUntried"/> or <see cref="WarpUnknown"/>.</summary>
[GenerateSerializer, Immutable, Alias("mmo.WarpAnswer")]
public abstract record WarpAnswer;

/// <summary>Committed: the character lives on the other map now.</summary>
[GenerateSerializer, Immutable, Alias("mmo.WarpMoved")]
public sealed record WarpMoved([property: Id(0)] MapTicket Ticket) : WarpAnswer;

/// <summary>It stays where it is, and no try of this warp can be written any more: the player walks on.</summary>
[GenerateSerializer, Immutable, Alias("mmo.WarpDenied")]
public sealed record WarpDenied([property: Id(0)] Refusal Why) : WarpAnswer;

/// <summary>Somebody else owns the character: drop the avatar.</summary>
[GenerateSerializer, Immutable, Alias("mmo.WarpStale")]
public sealed record WarpStale : WarpAnswer;

/// <summary>
/// The store is away, and nothing was written this time. If no try before has an unknown outcome the player walks on; else ask
/// again with the same id.
/// </summary>
[GenerateSerializer, Immutable, Alias("mmo.WarpUntried")]
public sealed record WarpUntried([property: Id(0)] Refusal Why) : WarpAnswer;

/// <summary>The write's outcome is unknown: stay frozen and ask again with the same id.</summary>
[GenerateSerializer, Immutable, Alias("mmo.WarpUnknown")]
public sealed record WarpUnknown : WarpAnswer;
