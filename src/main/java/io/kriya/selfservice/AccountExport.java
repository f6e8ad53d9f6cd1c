package io.kriya.selfservice;

import io.kriya.account.User;
import io.kriya.challenge.Challenge;
import io.kriya.database.Sql;
import io.kriya.database.availability.Deadline;
import io.kriya.device.Device;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.oauth.Grant;
import io.kriya.selfservice.ExportView.DeviceExport;
import io.kriya.selfservice.ExportView.GrantExport;
import io.kriya.selfservice.ExportView.TokenExport;
import io.kriya.selfservice.ExportView.UserExport;
import io.kriya.selfservice.ExportView.VerificationExport;
import io.kriya.token.Token;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Collects everything that is stored of a user. */
@ApplicationScoped
class AccountExport {

    private static final String INVITED_AT = "select created_at from invited_numbers where phone_number = :phone";

    @Deadline
    @Transactional
    ExportView of(Holder holder) {
        User user = User.findById(holder.user());
        if (user == null) {
            throw new ProblemException(ErrorCode.INVALID_TOKEN);
        }
        return new ExportView(
                UserExport.of(user, invitedAt(user.phoneNumber)),
                Token.<Token>stream("userId = ?1 order by createdAt", user.id)
                        .map(TokenExport::of)
                        .toList(),
                Grant.<Grant>stream("userId = ?1 order by createdAt", user.id)
                        .map(GrantExport::of)
                        .toList(),
                Device.<Device>stream("userId = ?1 order by createdAt", user.id)
                        .map(DeviceExport::of)
                        .toList(),
                Challenge.<Challenge>stream("phoneNumber = ?1 order by createdAt", user.phoneNumber)
                        .map(VerificationExport::of)
                        .toList());
    }

    private static Instant invitedAt(String phone) {
        return Sql.of(INVITED_AT)
                .with("phone", phone)
                .first(row -> Sql.instant(row, "created_at"))
                .orElse(null);
    }
}
