namespace MmoOrleans.GrainInterfaces.Characters;

/// <summary>
/// Owns one character name for the accounts: claimed before the character is listed, confirmed after. A claim that was never
/// confirmed runs out and is settled with the account that made it. Key: <c>name:{folded name}</c>.
/// </summary>
[Alias("mmo.ICharacterNameGrain")]
public interface ICharacterNameGrain : IGrainWithStringKey
{
    /// <summary>Claims the name for 30 s. Refused: CHARACTER_NAME_EXISTED, SERVICE_NOT_AVAILABLE.</summary>
    [Alias("Claim")]
    Task<Answer<Done>> Claim(CharacterId character, AccountId account);

    /// <summary>The character is listed: the claim becomes lasting. Refused: SERVICE_NOT_AVAILABLE, CHARACTER_NOT_FOUND (it lost the name).</summary>
    [Alias("Confirm")]
    Task<Answer<Done>> Confirm(CharacterId character);

    /// <summary>Frees the name if this character holds it. Refused: SERVICE_NOT_AVAILABLE.</summary>
    [Alias("Free")]
    Task<Answer<Done>> Free(CharacterId character);

    /// <summary>The character of this name; null when there is none.</summary>
    [Alias("Find")]
    Task<CharacterId?> Find();
}
